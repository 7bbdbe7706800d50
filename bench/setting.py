"""How long to look."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """So many rounds, in each of which every side works for so many seconds."""

    rounds: int = 3
    seconds: float = 5

    @classmethod
    def of(cls, rows: int) -> "Setting":
        """With few rows the number is only held against that of an earlier run; with very few nobody wants it."""
        if rows >= 100_000:
            return cls()
        return cls(seconds=2) if rows >= 20_000 else cls(rounds=1, seconds=1)
