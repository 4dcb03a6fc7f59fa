"""Short keys: WeChat keeps a long text for a while and gives a short word for it.

Source: official accounts, "Short key hosting".
"""

from datetime import datetime

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.limits import within

TEXT_BYTES_MAX = 4 * 1_024
LIFE_SECONDS_MAX = 2_592_000


class Kept(Struct, frozen=True):
    """What a short key stands for; `left_seconds` is what is left of its life."""

    text: str = field(name="long_data")
    kept_at: datetime | None = field(default=None, name="create_time")
    left_seconds: int = field(default=0, name="expire_seconds")


class _Keeping(Struct, frozen=True):
    long_data: str
    expire_seconds: int


class _Key(Struct, frozen=True):
    short_key: str


async def keep(account: Account, text: str, *, life_seconds: int = LIFE_SECONDS_MAX) -> str:
    """Keep up to 4 KB for up to 30 days, and give the key."""
    within("text", len(text.encode()), TEXT_BYTES_MAX, 1)
    within("life_seconds", life_seconds, LIFE_SECONDS_MAX, 1)
    body = _Keeping(text, life_seconds)
    return (await account.post("/cgi-bin/shorten/gen", body, _Key, is_repeatable=True)).short_key


async def fetch(account: Account, short_key: str) -> Kept:
    """Give what a key stands for. ErrcodeAnswered: 9300501 no such key, or it is too old."""
    body = _Key(short_key)
    return await account.post("/cgi-bin/shorten/fetch", body, Kept, is_repeatable=True)
