"""Where media are kept."""

import secrets
from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx, queries


class Medium(Struct, frozen=True):
    """A medium with its bytes."""

    media_id: str
    appid: str
    kind: str
    filename: str
    media_type: str
    bytes: bytes
    title: str
    introduction: str
    expires_at: datetime | None


sql = queries(__file__)
add_medium = sql.run("add_medium")
medium_by_id = sql.one("medium_by_id", Medium)


async def keep_medium(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, appid: str, kind: str, filename: str, media_type: str, content: bytes,
    *, expires_at: datetime | None, title: str = "", introduction: str = "",
) -> str:  # fmt: skip
    """Keep a medium and give its id."""
    media_id = secrets.token_urlsafe(48)
    await add_medium(
        tx, media_id=media_id, appid=appid, kind=kind, filename=filename, media_type=media_type,
        bytes=content, title=title, introduction=introduction, expires_at=expires_at,
    )  # fmt: skip
    return media_id


async def medium(tx: Tx, media_id: str) -> Medium | None:
    """Find a medium that is not over."""
    found = await medium_by_id(tx, media_id=media_id)
    is_over = found and found.expires_at is not None and found.expires_at <= tx.now
    return None if is_over else found
