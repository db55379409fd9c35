"""Values: a change is a new one."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from antrean.domain.model import Ticket, TicketState, altered
from tests.core.hall import Hall


def test_an_altered_ticket_is_what_replace_gives_and_leaves_the_old_one() -> None:
    ticket = Hall().issue("lab")
    before = replace(ticket)
    changes = {"state": TicketState.CALLED, "counter": "lab-1", "touched": 9}
    assert altered(ticket, **changes) == replace(ticket, **changes)  # type: ignore[arg-type]
    assert ticket == before
    for field in fields(Ticket):
        assert getattr(altered(ticket, **{field.name: "x"}), field.name) == "x"


def test_a_member_that_a_ticket_lacks_is_refused_and_none_is_set_in_place() -> None:
    ticket = Hall().issue("lab")
    with pytest.raises(KeyError):
        altered(ticket, colour="blue")
    with pytest.raises(FrozenInstanceError):
        ticket.recalls = 5  # type: ignore[misc]
