"""What is said in one zone now, and who has been asked to say it."""

from dataclasses import dataclass, field

NO_REPEATS_FROM = 4  # waiting calls, the one that begins among them
CHIME_ALONE_FROM = 8


@dataclass(slots=True, eq=False)
class Turn:
    """What is said now: a call, or a text (then `announcement` is its id)."""

    id: str
    ticket: str = ""
    call: int = 0
    announcement: str | None = None
    part: int = 0  # of a text, which is said in parts
    more: bool = False  # another part follows
    backlog: int = 1  # calls that wait when it is said, itself among them
    began: int = 0
    last: str | None = None  # who was told last
    by: str | None = None  # the device that has it
    is_found: bool = False  # after a start, in the journal: nobody remembers how long it is
    or_by: frozenset[str] = frozenset()  # after a start: who may have it in its place
    deadline: int = 0  # until when that one has to answer
    left_at: int | None = None  # when its socket closed; None while it is there
    settles_at: int | None = None  # it is back: until then it may confirm
    gathers_until: int = 0  # after a start: until then others that could say it come back, too
    answer: str | None = None  # "" for said, else the code of why not
    tried: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)  # who was told and has not said that it could not
    was_cut: bool = False
    waits_until: int = 0  # for who was cut off to be ready again

    @property
    def drops_repeats(self) -> bool:
        return self.backlog >= NO_REPEATS_FROM

    @property
    def is_chime(self) -> bool:
        return self.announcement is None and self.backlog >= CHIME_ALONE_FROM
