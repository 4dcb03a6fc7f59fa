"""Templates of an account: its industry, what it took from the library, up to twenty-five.

Source: official accounts, "Template message interface".
"""

import secrets

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.limits import amount, month_begin
from jishi.sandbox.official.quota import spend
from jishi.sandbox.official.rights import service
from jishi.sandbox.official.template_library import LIBRARY, TEMPLATES, template_text

BAD_TEMPLATE, TOO_MANY, TOO_OFTEN, BAD_INDUSTRY = 40037, 45026, 45009, 40035
TEMPLATE, NOTICE = "template", "notice"
ID_BYTES = 32


class SetIndustry(Lenient, frozen=True):
    """The account's two industries."""

    industry_id1: str = ""
    industry_id2: str = ""


class Industry(Struct, frozen=True):
    """An industry, by its two names."""

    first_class: str
    second_class: str


class Industries(Struct, frozen=True):
    """The account's two industries."""

    primary_industry: Industry
    secondary_industry: Industry


class AddTemplate(Lenient, frozen=True):
    """Take a template from the library; `keyword_name_list` keeps only these lines."""

    template_id_short: str = ""
    keyword_name_list: list[str] = []


class TemplateAdded(Struct, frozen=True):
    """Its id in this account."""

    errcode: int
    errmsg: str
    template_id: str


class ByTemplate(Lenient, frozen=True):
    """A template, by its id."""

    template_id: str = ""


class Told(Struct, frozen=True):
    """A template as it is told."""

    template_id: str
    title: str
    primary_industry: str
    deputy_industry: str
    content: str
    example: str


class TemplateList(Struct, frozen=True):
    """All templates."""

    template_list: list[Told]


class Template(Struct, frozen=True):
    """A template as it is kept."""

    template_id: str
    kind: str
    short_id: str
    title: str
    content: str
    example: str
    primary_industry: str
    deputy_industry: str
    is_long_term: bool


class IndustryIds(Struct, frozen=True):
    """The numbers of the account's industries."""

    first_id: str
    second_id: str


sql = queries(__file__)
put_industry = sql.run("put_industry")
industry = sql.one("industry", IndustryIds)
add_template = sql.run("add_template")
templates = sql.many("templates", Template)
template_by_id = sql.one("template_by_id", Template)
drop_template = sql.one("drop_template", ByTemplate)


@service("POST", "/cgi-bin/template/api_set_industry")
async def set_industry(call: OfficialCall, asked: SetIndustry) -> Errcode | None:
    """Choose two industries, once a month."""
    ids = (asked.industry_id1, asked.industry_id2)
    if any(each not in LIBRARY.industries for each in ids):
        return Errcode(BAD_INDUSTRY)
    used = await spend(call.tx, call.account.appid, "industry_changes", month_begin(call.now))
    if used > amount("industry_changes", call.now):
        return Errcode(TOO_OFTEN)
    await put_industry(call.tx, appid=call.account.appid, first_id=ids[0], second_id=ids[1])
    return None


@service("GET", "/cgi-bin/template/get_industry")
async def tell_industry(call: OfficialCall) -> Industries:
    """Tell the two industries."""
    found = await industry(call.tx, appid=call.account.appid) or IndustryIds("1", "31")
    first, second = LIBRARY.industries[found.first_id], LIBRARY.industries[found.second_id]
    return Industries(Industry(*first), Industry(*second))


@service("POST", "/cgi-bin/template/api_add_template")
async def take(call: OfficialCall, asked: AddTemplate) -> TemplateAdded | Errcode:
    """Take a template from the library."""
    known = TEMPLATES.get(asked.template_id_short)
    if known is None:
        return Errcode(BAD_TEMPLATE)
    mine = await templates(call.tx, appid=call.account.appid, kind=TEMPLATE)
    if len(mine) >= amount("templates", call.now):
        return Errcode(TOO_MANY)
    chosen = [
        each for each in known.keywords
        if not asked.keyword_name_list or each.partition("=")[2] in asked.keyword_name_list
    ]  # fmt: skip
    if not chosen:
        return Errcode(BAD_TEMPLATE)
    names = LIBRARY.industries[known.industry]
    template = Template(
        new_id(), TEMPLATE, known.short_id, known.title, template_text(chosen), "", *names,
        is_long_term=False,
    )  # fmt: skip
    await keep(call.tx, call.account.appid, template)
    return TemplateAdded(0, "ok", template.template_id)


@service("GET", "/cgi-bin/template/get_all_private_template")
async def tell_all(call: OfficialCall) -> TemplateList:
    """List the account's templates."""
    mine = await templates(call.tx, appid=call.account.appid, kind=TEMPLATE)
    return TemplateList(
        [
            Told(
                each.template_id, each.title, each.primary_industry, each.deputy_industry,
                each.content, each.example,
            )
            for each in mine
        ]
    )  # fmt: skip


@service("POST", "/cgi-bin/template/del_private_template")
async def delete(call: OfficialCall, asked: ByTemplate) -> Errcode | None:
    """Give a template back."""
    gone = await drop_template(
        call.tx, appid=call.account.appid, kind=TEMPLATE, template_id=asked.template_id
    )
    return None if gone else Errcode(BAD_TEMPLATE)


def new_id() -> str:
    """Make a template's id: 43 letters."""
    return secrets.token_urlsafe(ID_BYTES)


async def keep(tx: Tx, appid: str, template: Template) -> None:
    """Keep a template for an account."""
    fields = {name: getattr(template, name) for name in Template.__struct_fields__}
    await add_template(tx, appid=appid, **fields)
