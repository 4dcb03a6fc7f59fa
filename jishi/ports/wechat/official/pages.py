"""What a page needs to call WeChat's JS-SDK: a configuration signed for its very address.

Source: official accounts, "JS-SDK", appendix 1.
"""

from datetime import datetime

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.signing import page_signature


class PageConfig(Struct, frozen=True):
    """The values for `wx.config`, under the names it wants."""

    appid: str = field(name="appId")
    timestamp: int
    nonce: str = field(name="nonceStr")
    signature: str


async def configure(account: Account, url: str, nonce: str, now: datetime) -> PageConfig:
    """Sign a page; `url` is its address as the browser shows it. Raises as any call."""
    ticket, timestamp = await account.ticket(), int(now.timestamp())
    signature = page_signature(ticket.value, nonce, timestamp, url)
    return PageConfig(account.credentials.appid, timestamp, nonce, signature)
