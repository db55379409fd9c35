"""What a hall's journal proves of its announcements: none wrong, lost, cut, doubled or out of turn.

model    facts of the journal, what became of each call, violations
calls    which ticket is called where, as the journal goes on
prove    the fold from facts to a verdict; pure
report   figures and words of a verdict

Takes facts as they stand in the journal and at `GET /events`, and knows neither of them, nor the
domain's own fold: what it is to judge must not be what it judges by.
"""

from antrean.proof.model import Fact, Outcome, Places, Verdict, Violation
from antrean.proof.prove import prove

__all__ = ["Fact", "Outcome", "Places", "Verdict", "Violation", "prove"]
