"""The scanner: the codes that hang about in the sandbox, to be picked without a camera."""

from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from jishi.kernel import queries
from jishi.pages.formats import price
from jishi.sandbox.pay import links
from jishi.sandbox.phone.asked import Asked, holder_of, language_of, show, world_of
from jishi.sandbox.phone.templates import engine

CODES_MAX = 12


class SceneCode(Struct, frozen=True):
    """An account's code with a parameter."""

    url: str
    name: str
    parameter: str
    made_at: datetime


class OwedCode(Struct, frozen=True):
    """An order that waits to be paid by its code."""

    prepay_id: str
    is_combined: bool
    payee: str
    description: str
    total_fen: int


class Code(Struct, frozen=True):
    """A code in the list: what is in it, and what it is."""

    text: str
    title: str
    words: str


class Group(Struct, frozen=True):
    """Codes of a kind."""

    title: str
    codes: list[Code]


sql = queries(__file__)
scene_codes = sql.many("scene_codes", SceneCode)
owed_codes = sql.many("owed_codes", OwedCode)


@get("/phone/people/{person:str}/scan")
async def scanner(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show the scanner."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        scenes = await scene_codes(tx, codes_max=CODES_MAX)
        owed = await owed_codes(tx, codes_max=CODES_MAX)
    _ = engine().words[language_of(request)].say
    groups = [
        Group(_("待付款的码"), [
            Code(code_text(each), f"{each.payee} {price(each.total_fen)}", each.description)
            for each in owed
        ]),
        Group(_("服务号的码"), [
            Code(each.url, each.name, _("参数 {parameter}", parameter=each.parameter))
            for each in scenes
        ]),
    ]  # fmt: skip
    return show(request, "scan.html", person=holder, groups=groups)


def code_text(owed: OwedCode) -> str:
    """Give what the code of an order says."""
    return (
        links.combined_code_url(owed.prepay_id)
        if owed.is_combined
        else links.code_url(owed.prepay_id)
    )
