"""Subscription messages of a mini program: each tick of a person is one message.

Source: mini programs, "Subscription messages". Templates: `official.notices`.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.notices import Place


class Notice(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A message; `page` opens the program there, `program_state` is formal, trial or developer."""

    openid: str = field(name="touser")
    template_id: str
    data: Mapping[str, Place]
    page: str = ""
    program_state: str = field(default="", name="miniprogram_state")
    language: str = field(default="", name="lang")


async def send(account: Account, notice: Notice) -> None:
    """Send it; never repeated, for one tick is one message.

    ErrcodeAnswered: 43101 no tick left, 40037 no such template, 47003 a place is filled wrongly,
    41030 no such page.
    """
    await account.post("/cgi-bin/message/subscribe/send", notice, Done)
