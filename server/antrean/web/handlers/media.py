"""Images and films for displays: uploaded, listed, removed."""

import asyncio

from antrean import shapes
from antrean.domain import commands
from antrean.domain.hall_model import Media
from antrean.engine import Key, StorageUnavailable
from antrean.media.folder import MediaFolder, new_media_id, stored_name, stored_names
from antrean.media.kinds import Broken, Found, TooManyPixels, Unsupported, recognise
from antrean.web.endpoint import Ask, Json
from antrean.web.http_protocol import ANSWER
from antrean.web.lists import page
from antrean.web.problems import Problem, invalid
from antrean.web.reading import key_of
from antrean.web.threads import in_thread
from antrean.web.uploads import FIELD, Received


async def add(ask: Ask) -> Json:
    """The file is on the disk under its own name before its entry is in the journal, so that what
    was answered survives a kill."""
    _key(ask, None)  # a bad one is told before 200 MiB came
    uploads = ask.backend.uploads
    extension = ask.scope.get("extensions", {}).get(ANSWER, {})
    patience = extension.get("wait_on", _never_hurried)
    assert ask.receive is not None
    async with uploads.receive(ask.headers, ask.receive, patience) as received:
        found = await in_thread(_recognised, received)
        media = Media(
            id=new_media_id(),
            name=received.name,
            type=found.type,
            size=received.size,
            width=found.width,
            height=found.height,
            at=ask.backend.engine.now(),
        )
        name = stored_name(media.id, media.type)
        await in_thread(uploads.folder.keep, received.path, name)
    return await _submit(ask, media, _key(ask, received))


def _never_hurried() -> None:
    """Servers without a deadline for bodies."""


def _recognised(received: Received) -> Found:
    """Raises Problem for what displays cannot show."""
    try:
        return recognise(received.file)
    except Unsupported:
        raise Problem("unsupported_media_type", errors=[(FIELD, "unsupported_file", {})]) from None
    except Broken:
        raise invalid(FIELD, "broken_file") from None
    except TooManyPixels as error:
        raise invalid(FIELD, "too_many_pixels", found=str(error)) from None


def _key(ask: Ask, received: Received | None) -> Key | None:
    """The same file under the same name counts as the same request, whatever the boundaries
    around it. Raises Problem invalid."""
    value = received and {"name": received.name, "sha256": received.sha256}
    secret = ask.backend.engine.store.secret
    return key_of(ask.headers, ask.actor, ask.scope["path"], value, secret)


async def _submit(ask: Ask, media: Media, key: Key | None) -> Json:
    uploads, name = ask.backend.uploads, stored_name(media.id, media.type)
    try:
        answer = await ask.backend.engine.submit(commands.AddMedia(media=media), ask.actor, key)
    except (StorageUnavailable, asyncio.CancelledError):
        uploads.doubt(name)  # it may be in the journal: then its file has to be there
        raise
    except Exception:
        uploads.folder.remove(name)
        raise
    uploads.settle(stored_names(ask.state.media.values()))
    if answer.body["media"]["id"] != media.id:
        uploads.folder.remove(name)  # a repeated request: the first file is the one that stays
    return answer.body


async def listed(ask: Ask) -> Json:
    """In the order in which they came. `missing` where the folder has lost the file."""
    site, folder = ask.state.catalogue.site, ask.backend.uploads.folder
    answer = page(ask.query, [shapes.media(site, m) for m in ask.state.media.values()])
    await in_thread(_note_missing, folder, answer)
    return answer


def _note_missing(folder: MediaFolder, answer: Json) -> None:
    for item in answer["items"]:
        if folder.size_of(stored_name(item["id"], item["type"])) != item["size"]:
            item["missing"] = True


async def remove(ask: Ask) -> Json:
    """First the journal, then the file: no display is told of one that is gone."""
    command = commands.RemoveMedia(media=ask.id)
    answer = await ask.backend.engine.submit(command, ask.actor, ask.key)
    gone = answer.body["media"]
    folder = ask.backend.uploads.folder
    await in_thread(folder.remove, stored_name(gone["id"], gone["type"]))
    return answer.body
