"""Taking papers in, and ledgers back."""

from bihuan.intake.actions.papers import (
    answer_doubt,
    commit_intake,
    discard_intake,
    take_in,
    withdraw_intake,
)

__all__ = ["answer_doubt", "commit_intake", "discard_intake", "take_in", "withdraw_intake"]
