"""Short keys: a long text kept under a few letters, for as long as a month."""

import secrets
import string
from datetime import datetime, timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.rights import service

BAD_PARAMETER, TOO_LONG, NO_KEY = 40035, 45002, 9300501
LETTERS_MAX, SECONDS_MAX, KEY_LETTERS = 4096, 2_592_000, 15
LETTERS = string.ascii_letters + string.digits


class Gen(Lenient, frozen=True):
    """Keep this."""

    long_data: str = ""
    expire_seconds: int = SECONDS_MAX


class Key(Struct, frozen=True):
    """Under which key."""

    errcode: int
    errmsg: str
    short_key: str


class Fetch(Lenient, frozen=True):
    """Ask for what is kept."""

    short_key: str = ""


class Kept(Struct, frozen=True):
    """What is kept, and for how long yet."""

    errcode: int
    errmsg: str
    long_data: str
    create_time: int
    expire_seconds: int


class Row(Struct, frozen=True):
    """A key as it is kept."""

    long_data: str
    made_at: datetime
    expires_at: datetime


sql = queries(__file__)
add_key = sql.run("add_key")
key = sql.one("key", Row)


@service("POST", "/cgi-bin/shorten/gen")
async def gen(call: OfficialCall, asked: Gen) -> Key | Errcode:
    """Keep a text of up to 4 KB."""
    if not asked.long_data or not 1 <= asked.expire_seconds <= SECONDS_MAX:
        return Errcode(BAD_PARAMETER)
    if len(asked.long_data.encode()) > LETTERS_MAX or "\x00" in asked.long_data:
        return Errcode(TOO_LONG)
    made = "".join(secrets.choice(LETTERS) for _ in range(KEY_LETTERS))
    await add_key(
        call.tx, short_key=made, appid=call.account.appid, long_data=asked.long_data,
        expires_at=call.now + timedelta(seconds=asked.expire_seconds),
    )  # fmt: skip
    return Key(0, "ok", made)


@service("POST", "/cgi-bin/shorten/fetch")
async def fetch(call: OfficialCall, asked: Fetch) -> Kept | Errcode:
    """Give what is kept."""
    found = await key(call.tx, short_key=asked.short_key, appid=call.account.appid)
    if found is None or found.expires_at <= call.now:
        return Errcode(NO_KEY)
    left = int((found.expires_at - call.now).total_seconds())
    return Kept(0, "ok", found.long_data, int(found.made_at.timestamp()), left)
