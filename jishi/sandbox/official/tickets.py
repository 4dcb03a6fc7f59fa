"""Tickets that sign pages for the JS-SDK, and whether a page signed well.

Sources: official accounts, "JS-SDK", appendix 1, and its list of errors. A ticket lives two hours
and is the same for all who ask; a page is signed with one that lives.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.ports.wechat.signing import page_signature
from jishi.sandbox.answers import Errcode
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.html import is_in_domains
from jishi.sandbox.official.rights import service

LIFE = timedelta(seconds=7200)
TICKET_BYTES = 64
KINDS = {"jsapi", "wx_card"}
BAD_KIND = 40097
OK = "ok"
BAD_APPID, BAD_DOMAIN, BAD_SIGNATURE, NO_RIGHT = (
    "invalid appid", "invalid url domain", "invalid signature",
    "the permission value is offline verifying",
)  # fmt: skip
PAYING = {"chooseWXPay", "getBrandWCPayRequest", "requestMerchantTransfer"}
"""Interfaces that need a merchant bound to the account."""


class Ticket(Struct, frozen=True):
    """A ticket, and its life in seconds."""

    errcode: int
    errmsg: str
    ticket: str
    expires_in: int


class Held(Struct, frozen=True):
    """A ticket as it is kept."""

    ticket: str
    expires_at: datetime


class Signer(Struct, frozen=True):
    """What a page of an account may be signed with, where it may be, and whether it may pay."""

    js_domains: list[str]
    tickets: list[str]
    is_bound: bool


sql = queries(__file__)
current = sql.one("current", Held)
add_ticket = sql.run("add_ticket")
signer = sql.one("signer", Signer)


@service("GET", "/cgi-bin/ticket/getticket")
async def give(call: OfficialCall) -> Ticket | Errcode:
    """Give the ticket; a new one only when the last is over."""
    kind = call.query.get("type", "")
    if kind not in KINDS:
        return Errcode(BAD_KIND)
    held = await current(call.tx, appid=call.account.appid, kind=kind)
    if held is None:
        held = Held(secrets.token_urlsafe(TICKET_BYTES), call.now + LIFE)
        await add_ticket(
            call.tx, ticket=held.ticket, appid=call.account.appid, kind=kind,
            expires_at=held.expires_at,
        )  # fmt: skip
    return Ticket(0, "ok", held.ticket, int((held.expires_at - call.now).total_seconds()))


async def check_page_config(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, appid: str, timestamp: str, nonce: str, signature: str, url: str,
    interfaces: Sequence[str],
) -> str:  # fmt: skip
    """Tell what WeChat says to a page's `wx.config`: `ok`, or why not."""
    known = await signer(tx, appid=appid)
    if known is None:
        return BAD_APPID
    if not is_in_domains(url, known.js_domains):
        return BAD_DOMAIN
    is_number = timestamp.isascii() and timestamp.isdigit()
    good = {page_signature(each, nonce, int(timestamp), url) for each in known.tickets if is_number}
    if signature.lower() not in good:
        return BAD_SIGNATURE
    if not known.is_bound and PAYING.intersection(interfaces):
        return NO_RIGHT
    return OK
