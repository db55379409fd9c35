"""Signing in and out, passwords, users and tokens."""

from dataclasses import replace

from msgspec import UNSET, UnsetType

from antrean import shapes
from antrean.store.accounts import Token, User
from antrean.web import bodies
from antrean.web.accounts import LONGEST_MS, Once, UserExists
from antrean.web.endpoint import Ask, Json, Reply
from antrean.web.lists import page
from antrean.web.passwords import is_weak
from antrean.web.problems import Problem, invalid


async def sign_in(ask: Ask) -> Reply:
    """Slowed for whoever guesses; takes as long for a user who does not exist."""
    body: bodies.SignIn = ask.body
    backend = ask.backend
    if ask.headers.get(b"sec-fetch-site") == b"cross-site":
        raise Problem("csrf")  # nobody is signed in from a foreign page as whom that page likes
    async with backend.guard.attempt(body.username, ask.address):
        user = backend.accounts.users.get(body.username)
        if user is not None and not user.active:
            user = None
        right = await backend.passwords.check(user.password_hash if user else None, body.password)
        if user is None or not right:
            backend.guard.was_wrong(body.username, ask.address)
            raise Problem("bad_credentials")
    cookie, session = await backend.accounts.sign_in(user)
    return Reply(
        {"user": user.username, "role": user.role, "csrf": session.csrf, **_about(user)},
        headers=((b"set-cookie", _cookie(ask, cookie, LONGEST_MS // 1000)),),
    )


def _about(user: User) -> Json:
    only = None if user.counters is None else sorted(user.counters)
    return {"name": user.name, "counters": only}


def _cookie(ask: Ask, value: str, seconds: int) -> bytes:
    """HttpOnly always; Secure and `__Host-` only when browsers come by https: a hall's LAN is
    http."""
    secure = "; Secure" if ask.backend.settings.is_https else ""
    name = ask.backend.credentials.cookie_name
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}".encode()


async def session(ask: Ask) -> Json:
    caller = ask.caller
    only = None if caller.counters is None else sorted(caller.counters)
    return {
        "user": caller.id,
        "role": caller.role,
        "csrf": caller.csrf,
        "name": caller.name,
        "counters": only,
    }


def _user_of(ask: Ask) -> User:
    """The user who is signed in. Raises Problem conflict for a token, which has no password."""
    user = ask.backend.accounts.users.get(ask.caller.id)
    if ask.caller.kind != "user" or user is None:
        raise Problem("conflict")
    return user


async def sign_out(ask: Ask) -> Reply:
    user = _user_of(ask)
    await ask.backend.accounts.sign_out(ask.caller.credential)
    return Reply(
        {"user": user.username},
        headers=(
            (b"set-cookie", _cookie(ask, "", 0)),
            (b"clear-site-data", b'"cache"'),
        ),
    )


async def change_password(ask: Ask) -> Json:
    body: bodies.PasswordChange = ask.body
    backend, user = ask.backend, _user_of(ask)
    answer = {"user": user.username}
    once = None if ask.key is None else Once(ask.key, answer, ask.state.date)
    if once is not None and (before := await backend.accounts.first_answer(once)) is not None:
        return before  # the old password is no longer right, but it was
    async with backend.guard.attempt(user.username, ask.address):
        if not await backend.passwords.check(user.password_hash, body.old):
            backend.guard.was_wrong(user.username, ask.address)
            raise Problem("bad_credentials")
    if is_weak(body.new, user.username):
        raise invalid("new", "weak_password")
    changed = replace(user, password_hash=await backend.passwords.hash(body.new))
    async with backend.accounts.changing:
        if once is not None and (before := await backend.accounts.first_answer(once)) is not None:
            return before
        if backend.accounts.users[user.username] is not user:
            raise Problem("bad_credentials")  # an admin was quicker: the old one counts no more
        await backend.accounts.put_user(changed, keep=ask.caller.credential, once=once)
    return answer


# users
async def users(ask: Ask) -> Json:
    listed = sorted(ask.backend.accounts.users.values(), key=lambda u: u.username)
    return page(ask.query, [_user_shape(u) for u in listed])


def _user_shape(user: User) -> Json:
    return {
        "username": user.username,
        "role": user.role,
        **_about(user),
        "active": user.active,
    }


async def add_user(ask: Ask) -> Json:
    body: bodies.NewUser = ask.body
    backend = ask.backend
    if is_weak(body.password, body.username):
        raise invalid("password", "weak_password")
    _check_counters(ask, body.counters)
    user = User(
        body.username,
        await backend.passwords.hash(body.password),
        body.role,
        body.name or "",
        None if body.counters is None else frozenset(body.counters),
    )
    shape = _user_shape(user)
    once = None if ask.key is None else Once(ask.key, shape, ask.state.date)
    try:
        async with backend.accounts.changing:
            before = await backend.accounts.put_user(user, new=True, once=once)
    except UserExists:
        raise Problem("conflict") from None
    return shape if before is None else before


def _check_counters(ask: Ask, counters: list[str] | UnsetType | None) -> None:
    for counter in counters or ():
        if counter not in ask.state.catalogue.counters:
            raise invalid("counters", "not_found")


async def change_user(ask: Ask) -> Json:
    body: bodies.UserChange = ask.body
    backend = ask.backend
    if ask.id not in backend.accounts.users:
        raise Problem("not_found")
    _check_counters(ask, body.counters or None)
    hashed = None
    if body.password is not UNSET:
        if is_weak(body.password, ask.id):
            raise invalid("password", "weak_password")
        hashed = await backend.passwords.hash(body.password)
    async with backend.accounts.changing:
        user = backend.accounts.users[ask.id]
        changed = _changed(user, body, hashed)
        if _is_last_admin(ask, user) and not (changed.active and changed.role == "admin"):
            raise Problem("conflict")
        await backend.accounts.put_user(changed)
    return _user_shape(changed)


def _changed(user: User, body: bodies.UserChange, hashed: str | None) -> User:
    counters = user.counters
    if body.counters is not UNSET:
        counters = None if body.counters is None else frozenset(body.counters)
    return replace(
        user,
        password_hash=hashed or user.password_hash,
        role=user.role if body.role is UNSET else body.role,
        name=user.name if body.name is UNSET else body.name,
        counters=counters,
        active=user.active if body.active is UNSET else body.active,
    )


def _is_last_admin(ask: Ask, user: User) -> bool:
    """Whether nobody could administer the site without this user."""
    admins = [u for u in ask.backend.accounts.users.values() if u.active and u.role == "admin"]
    return [u.username for u in admins] == [user.username]


# tokens
async def tokens(ask: Ask) -> Json:
    listed = [t for t in ask.backend.accounts.tokens.values() if t.ended_at is None]
    return page(ask.query, [_token_shape(ask, t) for t in listed])


def _token_shape(ask: Ask, token: Token) -> Json:
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role,
        "counter": token.counter,
        "zone": token.zone,
        "created_at": shapes.iso(ask.state.catalogue.site, token.created_at),
    }


async def add_token(ask: Ask) -> Json:
    body: bodies.NewToken = ask.body
    catalogue = ask.state.catalogue
    if body.counter is not None and body.counter not in catalogue.counters:
        raise invalid("counter", "not_found")
    if body.zone is not None and body.zone not in catalogue.zones:
        raise invalid("zone", "not_found")
    made, secret = await ask.backend.accounts.add_token(
        body.name, body.role, body.counter, body.zone
    )
    return _token_shape(ask, made) | {"token": secret}


async def end_token(ask: Ask) -> Json:
    token = ask.backend.accounts.tokens.get(ask.id)
    if token is None or token.ended_at is not None:
        raise Problem("not_found")
    await ask.backend.accounts.end_token(token)
    return {"id": token.id}
