"""Every endpoint under /api/v1, one row each: routes, authorisation, OpenAPI and the roles' test
come from here."""

from antrean.web import bodies
from antrean.web.endpoint import (
    ADMIN,
    ANYONE,
    CLERK,
    DESK,
    HOLDER,
    SIGNED_IN,
    SUPERVISOR,
    Endpoint,
    Handler,
    Parameter,
)
from antrean.web.handlers import accounts, counters, documents, journal, site, supervision, tickets
from antrean.web.lists import PAGES as _PAGES
from antrean.web.table_hall import HALL

# fmt: off
_DATE = Parameter("date", "string", "business date, such as 2026-11-24; default the present one")

_TAKING = (
    "service_closed",
    "service_paused",
    "not_operating",
    "channel_closed",
    "quota_exhausted",
)
_READY = ("counter_not_open", "counter_busy")


def _of_anyone() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="GET", path="/site", who=ANYONE, handler=site.site, answer="Site", tag="site",
            summary="Name, languages, classes, zones and the clock of the site",
        ),
        Endpoint(
            method="GET", path="/agencies", who=ANYONE, handler=site.agencies, answer="Agencies",
            summary="The agencies of the site", query=_PAGES, tag="site",
        ),
        Endpoint(
            method="GET", path="/services", who=ANYONE, handler=site.services, answer="Services",
            summary="All services with their lines and waits", query=_PAGES, tag="site",
        ),
        Endpoint(
            method="GET", path="/services/{id}", who=ANYONE, handler=site.service,
            answer="Service", summary="One service", tag="site",
        ),
        Endpoint(
            method="GET", path="/services/{id}/slots", who=ANYONE, handler=site.slots,
            answer="Slots", summary="Slots of a date that can be booked", tag="site",
            query=(_DATE, *_PAGES),
        ),
        Endpoint(
            method="GET", path="/openapi.json", who=ANYONE, handler=documents.openapi,
            answer="Document", summary="This document", tag="documents",
        ),
        Endpoint(
            method="GET", path="/asyncapi.json", who=ANYONE, handler=documents.asyncapi,
            answer="Document", summary="The WebSocket as AsyncAPI 3", tag="documents",
        ),
    )


def _of_accounts() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="POST", path="/session", who=ANYONE, handler=accounts.sign_in,
            answer="Session", body=bodies.SignIn, open_door=True, tag="accounts",
            summary="Sign in: sets the session's cookie", codes=("bad_credentials", "csrf"),
        ),
        Endpoint(
            method="GET", path="/session", who=SIGNED_IN, handler=accounts.session,
            answer="Session", summary="Who is signed in", tag="accounts",
        ),
        Endpoint(
            method="DELETE", path="/session", who=SIGNED_IN, handler=accounts.sign_out,
            answer="Named", summary="Sign out", codes=("conflict",), tag="accounts",
        ),
        Endpoint(
            method="POST", path="/session/password", who=SIGNED_IN, keyed=True, tag="accounts",
            handler=accounts.change_password, answer="Named", body=bodies.PasswordChange,
            summary="Change the own password; the user's other sessions end",
            codes=("bad_credentials", "conflict"),
        ),
        Endpoint(
            method="GET", path="/tokens", who=ADMIN, handler=accounts.tokens, answer="Tokens",
            summary="Tokens that have not ended", query=_PAGES, tag="accounts",
        ),
        Endpoint(
            method="POST", path="/tokens", who=ADMIN, handler=accounts.add_token,
            answer="MadeToken", body=bodies.NewToken, success=201, tag="accounts",
            summary="A token for a device, an app or staff; shown this once",
        ),
        Endpoint(
            method="DELETE", path="/tokens/{id}", who=ADMIN, handler=accounts.end_token,
            answer="Identified", summary="End a token; its sockets close at once", tag="accounts",
        ),
        Endpoint(
            method="GET", path="/users", who=ADMIN, handler=accounts.users, answer="Users",
            summary="All users", query=_PAGES, tag="accounts",
        ),
        Endpoint(
            method="POST", path="/users", who=ADMIN, handler=accounts.add_user, answer="User",
            body=bodies.NewUser, success=201, summary="Add a user", codes=("conflict",),
            keyed=True, tag="accounts",
        ),
        Endpoint(
            method="PATCH", path="/users/{username}", who=ADMIN, handler=accounts.change_user,
            answer="User", body=bodies.UserChange, codes=("conflict",), tag="accounts",
            summary="Change a user; ends that user's sessions",
        ),
    )


def _of_tickets() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="POST", path="/tickets", who=ANYONE, handler=tickets.take, answer="Given",
            body=bodies.NewTicket, success=201, codes=_TAKING, keyed=True, taking=True,
            summary="Take a number", tag="tickets",
        ),
        Endpoint(
            method="POST", path="/bookings", who=ANYONE, handler=tickets.book, answer="Given",
            body=bodies.NewBooking, success=201, codes=("slot_full", *_TAKING), keyed=True,
            taking=True, summary="Book a slot", tag="tickets",
        ),
        Endpoint(
            method="POST", path="/check-ins", who=DESK, handler=tickets.check_in,
            answer="OfTicket", body=bodies.CheckIn, keyed=True, tag="tickets",
            summary="Note that the holder is here",
            codes=("expired", "invalid_state", "too_early"),
        ),
        Endpoint(
            method="GET", path="/tickets", who=CLERK, handler=journal.tickets, answer="Tickets",
            summary="Tickets of a date; with `q` a search that tells names", tag="tickets",
            query=(
                _DATE,
                Parameter("service", "string", "of the present leg"),
                Parameter("state", "string", "state of the ticket"),
                Parameter("q", "string", "a part of the number, the name or the phone number"),
                *_PAGES,
            ),
        ),
        Endpoint(
            method="GET", path="/tickets/{id}", who=CLERK, handler=journal.ticket,
            answer="FullTicket", summary="A ticket with its person and history", tag="tickets",
        ),
        Endpoint(
            method="POST", path="/tickets/{id}/cancel", who=CLERK, handler=tickets.cancel,
            answer="OfTicket", body=bodies.Cancellation, codes=("invalid_state",), keyed=True,
            summary="Cancel a ticket", tag="tickets",
        ),
        Endpoint(
            method="POST", path="/tickets/{id}/requeue", who=CLERK, handler=tickets.requeue,
            answer="OfTicket", body=bodies.Requeueing, codes=("invalid_state",), keyed=True,
            summary="Put a held or missed ticket back into its line", tag="tickets",
        ),
        Endpoint(
            method="POST", path="/tickets/{id}/transfer", who=CLERK, handler=tickets.transfer,
            answer="OfTicket", body=bodies.TicketTransfer, keyed=True, tag="tickets",
            summary="Send a waiting, held or missed ticket to another service or counter",
            codes=("invalid_state", "not_served_here", "not_operating"),
        ),
        Endpoint(
            method="GET", path="/my", who=HOLDER, handler=tickets.my, answer="MyTicket",
            summary="The ticket of the token that is sent", tag="my",
        ),
        Endpoint(
            method="GET", path="/my/qr", who=HOLDER, handler=documents.my_qr, answer="Image",
            summary="A QR code of the page that follows the ticket, as SVG", tag="my",
        ),
        Endpoint(
            method="POST", path="/my/cancel", who=HOLDER, handler=tickets.my_cancel,
            answer="OfTicket", body=bodies.Nothing, codes=("invalid_state",), keyed=True,
            summary="Give the number back", tag="my",
        ),
        Endpoint(
            method="POST", path="/my/defer", who=HOLDER, handler=tickets.my_defer,
            answer="OfTicket", body=bodies.Deferral, codes=("invalid_state",), keyed=True,
            summary="Let the next n who have arrived go first", tag="my",
        ),
    )


def _at_counter(
    verb: str, handler: Handler, body: type[bodies.Body], summary: str, *codes: str
) -> Endpoint:
    return Endpoint(
        method="POST", path=f"/counters/{{id}}/{verb}", who=CLERK, handler=handler,
        answer="OfCounter", body=body, codes=("not_your_counter", *codes), keyed=True,
        summary=summary, tag="counters",
    )


def _of_counters() -> tuple[Endpoint, ...]:
    expected, stale = bodies.Expected, ("invalid_state", "stale")
    return (
        Endpoint(
            method="GET", path="/counters", who=CLERK, handler=counters.counters,
            answer="Counters", summary="All counters", query=_PAGES, tag="counters",
        ),
        Endpoint(
            method="GET", path="/counters/{id}", who=CLERK, handler=counters.counter,
            answer="Counter", tag="counters",
            summary="A counter, its ticket with the person",
        ),
        _at_counter("open", counters.open_, bodies.Nothing, "Sit down here", "counter_busy",
                    "counter_not_open"),
        _at_counter("pause", counters.pause, bodies.CounterPause, "Call nobody for a while",
                    "counter_not_open"),
        _at_counter("close", counters.close, bodies.Nothing, "Leave", "counter_busy"),
        _at_counter("call-next", counters.call_next, bodies.Nothing, "Call who is next",
                    "queue_empty", *_READY),
        _at_counter("call", counters.call, bodies.CallOf, "Call a certain ticket",
                    "not_served_here", "invalid_state", *_READY),
        _at_counter("recall", counters.recall, expected, "Call the same again", *stale),
        _at_counter("start", counters.start, expected, "Begin to serve", *stale),
        _at_counter("complete", counters.complete, bodies.Completion, "Done here", *stale),
        _at_counter("no-show", counters.no_show, bodies.ExpectedWithReason, "Nobody came", *stale),
        _at_counter("hold", counters.hold, bodies.ExpectedWithReason, "Put aside", *stale),
        _at_counter("resume", counters.resume, bodies.ResumeOf, "Go on with a held ticket",
                    "not_served_here", "invalid_state", *_READY),
        _at_counter("transfer", counters.transfer, bodies.CounterTransfer,
                    "Send to another service or counter, or back to the line",
                    "not_served_here", "not_operating", *stale),
        _at_counter("undo", counters.undo, bodies.UndoOf, "Take the last action back",
                    "nothing_to_undo"),
    )


def _of_supervisors() -> tuple[Endpoint, ...]:
    verbs = (
        ("open", supervision.open_service, "End what was done by hand"),
        ("pause", supervision.pause_service, "Give no numbers for a while"),
        ("close", supervision.close_service, "Give no numbers until it is opened"),
    )
    return (
        *(
            Endpoint(
                method="POST", path=f"/services/{{id}}/{verb}", who=SUPERVISOR, handler=handler,
                answer="OfService", body=bodies.ServiceReason, codes=("not_operating",),
                keyed=True, summary=summary, tag="supervision",
            )
            for verb, handler, summary in verbs
        ),
        Endpoint(
            method="POST", path="/announcements", who=SUPERVISOR, handler=supervision.announce,
            answer="OfAnnouncement", body=bodies.NewAnnouncement, success=201, keyed=True,
            codes=("too_many_announcements",), summary="Running text for displays",
            tag="supervision",
        ),
        Endpoint(
            method="DELETE", path="/announcements/{id}", who=SUPERVISOR,
            handler=supervision.withdraw, answer="OfAnnouncement", tag="supervision",
            summary="Withdraw an announcement",
        ),
        Endpoint(
            method="GET", path="/events", who=SUPERVISOR, handler=journal.events,
            answer="Events", summary="The journal, in order and without gap", tag="supervision",
            query=(
                Parameter("after", "integer", "the seq after which to begin; default 0", 0),
                Parameter("limit", "integer", "entries of a page; default 50", 1, 1000),
            ),
        ),
    )


ENDPOINTS: tuple[Endpoint, ...] = (
    *_of_anyone(),
    *_of_accounts(),
    *_of_tickets(),
    *_of_counters(),
    *_of_supervisors(),
    *HALL,
)
