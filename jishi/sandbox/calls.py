"""What an operation is handed: the world, its transaction, and what was asked."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx
from jishi.sandbox.answers import Errcode, Refusal
from jishi.sandbox.cast import Account, Merchant
from jishi.sandbox.world import World


class Incoming(Struct, frozen=True):
    """A request as it came; `target` is the path with its query, byte for byte."""

    method: str
    target: str
    path: dict[str, str]
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes
    peer: str = ""


class Reply(Struct, frozen=True):
    """What goes back, and what the inspector says of it."""

    status: int
    headers: dict[str, str]
    body: bytes
    signed_message: str = ""
    trouble: str = ""


class Call:
    """A request inside its transaction."""

    def __init__(self, world: World, tx: Tx, came: Incoming) -> None:
        self.world, self.tx, self.came = world, tx, came
        self.path, self.query, self.headers = came.path, came.query, came.headers
        self.body = came.body

    @property
    def now(self) -> datetime:
        """The sandbox's moment (UTC)."""
        return self.tx.now


class PayCall(Call):
    """A signed request of a merchant."""

    def __init__(self, world: World, tx: Tx, came: Incoming, merchant: Merchant) -> None:
        super().__init__(world, tx, came)
        self.merchant = merchant


class OfficialCall(Call):
    """A request of an account, known by its access token."""

    def __init__(self, world: World, tx: Tx, came: Incoming, account: Account | None) -> None:
        super().__init__(world, tx, came)
        self.known_account = account

    @property
    def account(self) -> Account:
        """Whose token this is; only operations that need no token have none."""
        assert self.known_account is not None
        return self.known_account


class ControlCall(Call):
    """A request of a test or of a developer at the machine."""


class _Undone(Exception):
    """The transaction is undone: the answer is a refusal."""

    def __init__(self, answer: Refusal | Errcode) -> None:
        self.answer = answer


async def all_or_nothing(world: World, work: Callable[[Tx], Awaitable[object]]) -> object:
    """Do it in a transaction of its own, which a refusal undoes; give its answer."""
    try:
        async with world.transaction() as tx:
            result = await work(tx)
            _undo(result)
    except _Undone as undone:
        return undone.answer
    return result


def _undo(result: object) -> None:
    if isinstance(result, Refusal | Errcode):
        raise _Undone(result)
