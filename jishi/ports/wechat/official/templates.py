"""Template messages: what somebody must know of their own affairs, never an advertisement.

Source: official accounts, "Template message interface". 100,000 a day, 25 templates; whether one
arrived is told by the event `TemplateSent`.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done


class Value(Struct, frozen=True, omit_defaults=True):
    """What stands in one place of a template; `color` like "#173177"."""

    value: str
    color: str = ""


class MiniProgramPage(Struct, frozen=True):
    """The page of a mini program that a message opens."""

    appid: str
    pagepath: str


class TemplateMessage(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A message; where both are given, the mini program goes before the URL.

    With a `client_msg_id` the same message to the same person is sent once (within 10 minutes), so
    that it may be asked again; without one it is never repeated.
    """

    openid: str = field(name="touser")
    template_id: str
    data: Mapping[str, Value]
    url: str = ""
    miniprogram: MiniProgramPage | None = None
    client_msg_id: str = ""


class Industry(Struct, frozen=True):
    """A trade in WeChat's list: a class, and one below it."""

    first_class: str
    second_class: str


class Industries(Struct, frozen=True):
    """The two trades of an account."""

    primary: Industry = field(name="primary_industry")
    secondary: Industry = field(name="secondary_industry")


class Template(Struct, frozen=True):
    """A template of the account; `content` has its places as {{name.DATA}}."""

    template_id: str
    title: str = ""
    primary_industry: str = ""
    deputy_industry: str = ""
    content: str = ""
    example: str = ""


class _Sent(Struct, frozen=True):
    msgid: int


class _IndustryIds(Struct, frozen=True):
    industry_id1: str
    industry_id2: str


class _Adding(Struct, frozen=True):
    template_id_short: str
    keyword_name_list: tuple[str, ...]


class _TemplateId(Struct, frozen=True):
    template_id: str


class _Templates(Struct, frozen=True):
    template_list: tuple[Template, ...] = ()


async def send(account: Account, message: TemplateMessage) -> int:
    """Send a message, and give the id that the event of its delivery will bear.

    ErrcodeAnswered: 40037 no such template, 43004 the person does not follow, 47003 a place is
    filled wrongly, 45009 too many today.
    """
    path, is_known = "/cgi-bin/message/template/send", bool(message.client_msg_id)
    return (await account.post(path, message, _Sent, is_repeatable=is_known)).msgid


async def set_industries(account: Account, first: str, second: str) -> None:
    """Choose the account's two trades by their numbers; once a month."""
    path = "/cgi-bin/template/api_set_industry"
    await account.post(path, _IndustryIds(first, second), Done)


async def industries(account: Account) -> Industries:
    """Give the account's two trades."""
    return await account.get("/cgi-bin/template/get_industry", Industries)


async def add(account: Account, short_id: str, keywords: tuple[str, ...] = ()) -> str:
    """Take a template of the library into the account, with these keywords; give its id."""
    path = "/cgi-bin/template/api_add_template"
    return (await account.post(path, _Adding(short_id, keywords), _TemplateId)).template_id


async def every(account: Account) -> tuple[Template, ...]:
    """List the account's templates."""
    path = "/cgi-bin/template/get_all_private_template"
    return (await account.get(path, _Templates)).template_list


async def delete(account: Account, template_id: str) -> None:
    """Take a template out of the account."""
    path = "/cgi-bin/template/del_private_template"
    await account.post(path, _TemplateId(template_id), Done)
