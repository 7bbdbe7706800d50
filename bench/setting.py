"""How long to look."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """So many rounds, in each of which every side works for so many seconds."""

    rounds: int = 3
    seconds: float = 5

    @classmethod
    def of(cls, rows: int) -> "Setting":
        """With few rows nobody wants the number, only to see that the bench runs."""
        return cls() if rows >= 20_000 else cls(rounds=1, seconds=1)
