"""A reaction: what follows from an event. The only place where the outside may be called."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar
from uuid import UUID, uuid5

from jishi.kernel.act import Event, Request

E = TypeVar("E", bound=Event)
_KEYS = UUID("6a697368-6900-4b65-8000-7265616374ff")


class Told(NamedTuple, Generic[E]):
    """An event as a reaction sees it: in which book, its number there, and when it happened."""

    book: int
    number: int
    at: datetime
    event: E

    def key(self, purpose: str) -> UUID:
        """Give the key for what follows: doing it twice for the same event is doing it once."""
        return uuid5(_KEYS, f"{self.book}/{self.number}/{purpose}")


class Reaction(Generic[E]):
    """What is asked for when an event has happened: for each event of a batch, its requests.

    With `after_seconds` it waits so long, and nobody waits for it.
    """

    known: ClassVar[dict[str, "Reaction[Any]"]] = {}

    def __init__(
        self,
        name: str,
        event: type[E],
        react: Callable[[Sequence[Told[E]]], Awaitable[Sequence[Sequence[Request]]]],
        *,
        after_seconds: int = 0,
    ) -> None:
        assert name not in Reaction.known, f"{name} is already a reaction"
        self.name, self.event, self.react = name, event, react
        self.after_seconds = after_seconds
        Reaction.known[name] = self

    @classmethod
    def names_for(cls, event: type[Event]) -> list[str]:
        """Give the names of the reactions that wait for this event."""
        return [name for name, reaction in cls.known.items() if reaction.event is event]
