"""A cache key for what is published and never changes: definitions are the same only if they are one object."""

from operator import is_


class Same:
    """Compares its things by identity and keeps them alive, so that no later one can be taken for them."""

    __slots__ = ("_hash", "things")

    def __init__(self, *things: object) -> None:
        self.things = things
        self._hash = hash(tuple(map(id, things)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Same)
            and len(self.things) == len(other.things)
            and all(map(is_, self.things, other.things))
        )
