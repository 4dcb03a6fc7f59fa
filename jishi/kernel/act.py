"""An act: the one shape in which the market changes. Gather, decide, record, for a batch."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec

from jishi.kernel.tx import Tx


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks for. Asking twice with one key is asking once.

    `book` is the book it changes, `actor_id` who asks. `made` names the fields that hold ids made
    for this asking: they may differ when the same thing is asked again, so they are no part of the
    body that a key stands for.
    """

    made: ClassVar[dict[str, object]] = {}

    key: UUID
    book: int
    actor_id: int

    def fingerprint(self) -> int:
        """Give 64 bits that stand for what is asked, so that a key cannot serve two bodies."""
        asked = msgspec.structs.replace(self, **self.made) if self.made else self
        body = msgspec.json.encode((type(self).__name__, asked))
        return int.from_bytes(blake2b(body, digest_size=8).digest(), "big", signed=True)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The answer "it happened", kept for ever. `subject_id` is what it happened to."""

    subject_id: int


class Refused(msgspec.Struct, frozen=True):
    """The answer "it may not", with its reason. Never stored: asked again it is decided again.

    A refusal that is not final (`busy`) may turn out otherwise when the same is asked again.
    """

    reason: str
    detail: Mapping[str, object] = {}
    is_final: bool = True


Answer = Event | Refused
BUSY = Refused("busy", is_final=False)

Q = TypeVar("Q", bound=Request)
E = TypeVar("E", bound=Event)
W = TypeVar("W")
Q_co = TypeVar("Q_co", bound=Request, covariant=True)
E_co = TypeVar("E_co", bound=Event, covariant=True)


class Happened(NamedTuple, Generic[Q_co, E_co]):
    """A request that was accepted, its event, and the event's number in its book."""

    request: Q_co
    event: E_co
    number: int


class Act(Generic[Q, W, E]):
    """Gather reads under the book's lock; decide is pure; record writes facts. Each for a batch."""

    known: ClassVar[dict[type[Request], "Act[Any, Any, Any]"]] = {}

    def __init__(
        self,
        request: type[Q],
        event: type[E],
        gather: Callable[[Tx, Sequence[Q]], Awaitable[W]],
        decide: Callable[[W, Q], E | Refused],
        record: Callable[[Tx, Sequence[Happened[Q, E]]], Awaitable[None]],
    ) -> None:
        assert request not in Act.known, f"{request.__name__} already has its act"
        self.request, self.event = request, event
        self.gather, self.decide, self.record = gather, decide, record
        Act.known[request] = self


def event_types() -> dict[str, type[Event]]:
    """Give every event type by its name; names are unique over the whole house."""
    return {act.event.__name__: act.event for act in Act.known.values()}
