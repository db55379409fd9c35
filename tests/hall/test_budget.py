"""How much of one display the journal takes."""

from antrean.hall.budget import Budget


def spent(budget: Budget, now: int) -> int:
    """How much it allows at once."""
    count = 0
    while budget.allows(now):
        budget.spend()
        count += 1
    return count


def test_sixty_at_once_and_one_more_every_ten_seconds() -> None:
    budget = Budget()
    assert spent(budget, 0) == 60
    assert spent(budget, 5_000) == 0
    assert spent(budget, 10_000) == 1
    assert spent(budget, 40_000) == 3


def test_what_is_not_used_is_kept_up_to_a_bound() -> None:
    budget = Budget()
    spent(budget, 0)
    assert spent(budget, 24 * 3_600_000) == 60


def test_asking_costs_nothing() -> None:
    budget = Budget()
    assert all(budget.allows(0) for _ in range(200))
