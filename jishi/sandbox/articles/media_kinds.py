"""Whether a medium that a message names is the account's and still there."""

from msgspec import Struct

from jishi.kernel import Tx, queries


class Kind(Struct, frozen=True):
    """Of which kind a medium is."""

    kind: str


sql = queries(__file__)
kind_of_medium = sql.one("kind_of_medium", Kind)


async def medium_kind(tx: Tx, appid: str, media_id: str) -> str:
    """Tell of which kind a medium is; nothing when it is not there."""
    found = await kind_of_medium(tx, appid=appid, media_id=media_id)
    return found.kind if found else ""


async def has_media(tx: Tx, appid: str, media_id: str) -> bool:
    """Tell whether a message may show this; one without a medium may."""
    return not media_id or bool(await medium_kind(tx, appid, media_id))
