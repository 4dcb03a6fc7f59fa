"""Set what a shop is paid with; what was set before still reads notices and refunds."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money.rules import is_text

SEALED_CHARACTERS_MAX = 20_000
LAST = 4


class SetCredentials(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) gives new ones; the secret part comes sealed already.

    They were tried at WeChat before this is asked. Refused: `credentials_out_of_bounds`.
    """

    mchid: str
    serial: str
    public_key_id: str
    last_four: str
    sealed: str


class CredentialsSet(Event, frozen=True, kw_only=True):
    """Payments of the shop (`subject_id`) go to this merchant from now on."""

    mchid: str
    serial: str


sql = queries(__file__)
write = sql.run("write")


async def gather(_tx: Tx, _asked: Sequence[SetCredentials]) -> None:
    """Read nothing: each version stands for itself."""


def decide(_world: None, asked: SetCredentials) -> CredentialsSet | Refused:
    """Accept what a table keeps."""
    texts = (asked.mchid, asked.serial, asked.public_key_id)
    is_sealed = 0 < len(asked.sealed) <= SEALED_CHARACTERS_MAX and "\x00" not in asked.sealed
    is_end = len(asked.last_four) == LAST and "\x00" not in asked.last_four
    if not (all(map(is_text, texts)) and is_sealed and is_end):
        return Refused("credentials_out_of_bounds")
    return CredentialsSet(subject_id=asked.book, mchid=asked.mchid, serial=asked.serial)


async def record(tx: Tx, happened: Sequence[Happened[SetCredentials, CredentialsSet]]) -> None:
    """Write them as a new version."""
    rows = [
        (number, asked.mchid, asked.serial, asked.public_key_id, asked.last_four, asked.sealed)
        for asked, _, number in happened
    ]
    names = ("versions", "mchids", "serials", "public_key_ids", "last_fours", "seals")
    await write(tx, **columns(rows, *names))


set_credentials = Act(SetCredentials, CredentialsSet, gather, decide, record)
