"""Subscription notices: people tick which of our notices they want, each tick is one notice.

Sources: official accounts, "Subscription notices"; mini programs, "Subscription messages". The
templates are chosen alike for both; `mini.notices` sends those of a mini program.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within
from jishi.ports.wechat.official.templates import MiniProgramPage

KEYWORDS_MAX = 5
PURPOSE_CHARACTERS_MAX = 15
TITLES_MAX = 30


class Place(Struct, frozen=True):
    """What stands in one place of a notice."""

    value: str


class Notice(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A notice of an official account; `page` is a URL, `miniprogram` goes before it."""

    openid: str = field(name="touser")
    template_id: str
    data: Mapping[str, Place]
    page: str = ""
    miniprogram: MiniProgramPage | None = None


class Category(Struct, frozen=True):
    """A trade that the account is registered for."""

    id: int
    name: str


class Title(Struct, frozen=True):
    """A template of the public library; `type` 2 is one-time, 3 long-term."""

    tid: int
    title: str
    type: int = 2
    category_id: int = field(default=0, name="categoryId")


class Titles(Struct, frozen=True):
    """A page of titles, and how many there are."""

    count: int = 0
    titles: tuple[Title, ...] = field(default=(), name="data")


class Keyword(Struct, frozen=True):
    """A keyword that a public template offers; `rule` is the kind of its value."""

    kid: int
    name: str
    example: str = ""
    rule: str = ""


class NoticeTemplate(Struct, frozen=True):
    """A template of the account; `content` has its places as {{name.DATA}}."""

    template_id: str = field(name="priTmplId")
    title: str = ""
    content: str = ""
    example: str = ""
    type: int = 2


class _Categories(Struct, frozen=True):
    data: tuple[Category, ...] = ()


class _Keywords(Struct, frozen=True):
    data: tuple[Keyword, ...] = ()


class _Adding(Struct, frozen=True):
    tid: str
    kidList: Sequence[int]  # noqa: N815 - the name on the wire
    sceneDesc: str  # noqa: N815 - the name on the wire


class _TemplateId(Struct, frozen=True):
    priTmplId: str  # noqa: N815 - the name on the wire


class _Templates(Struct, frozen=True):
    data: tuple[NoticeTemplate, ...] = ()


async def categories(account: Account) -> tuple[Category, ...]:
    """List the account's trades: they limit which templates it may use."""
    return (await account.get("/wxaapi/newtmpl/getcategory", _Categories)).data


async def titles(account: Account, category_ids: Sequence[int], start: int, count: int) -> Titles:
    """List up to 30 public templates of these trades, from the one at `start`."""
    within("count", count, TITLES_MAX, 1)
    ids = ",".join(map(str, category_ids))
    query: dict[str, str | int] = {"ids": ids, "start": start, "limit": count}
    return await account.get("/wxaapi/newtmpl/getpubtemplatetitles", Titles, query)


async def keywords(account: Account, tid: int) -> tuple[Keyword, ...]:
    """List the keywords that a public template offers."""
    path = "/wxaapi/newtmpl/getpubtemplatekeywords"
    return (await account.get(path, _Keywords, {"tid": tid})).data


async def add(account: Account, tid: int, keyword_ids: Sequence[int], purpose: str) -> str:
    """Take a public template into the account, and give its id there.

    2 to 5 keywords in the order they shall have, and in up to 15 characters what it is for.
    """
    within("keywords", len(keyword_ids), KEYWORDS_MAX, 2)
    within("purpose", len(purpose), PURPOSE_CHARACTERS_MAX)
    body = _Adding(str(tid), keyword_ids, purpose)
    return (await account.post("/wxaapi/newtmpl/addtemplate", body, _TemplateId)).priTmplId


async def every(account: Account) -> tuple[NoticeTemplate, ...]:
    """List the account's templates."""
    return (await account.get("/wxaapi/newtmpl/gettemplate", _Templates)).data


async def delete(account: Account, template_id: str) -> None:
    """Take a template out of the account."""
    await account.post("/wxaapi/newtmpl/deltemplate", _TemplateId(template_id), Done)


async def send(account: Account, notice: Notice) -> None:
    """Send a notice of an official account; never repeated, for one tick is one notice.

    ErrcodeAnswered: 43101 no tick left, 40037 no such template, 47003 a place is filled wrongly.
    """
    await account.post("/cgi-bin/message/subscribe/bizsend", notice, Done)
