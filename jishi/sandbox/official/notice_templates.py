"""The library of notices: its categories, what is in it, and what an account took."""

from msgspec import Struct

from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.doors import official
from jishi.sandbox.official.limits import amount
from jishi.sandbox.official.template_library import (
    EXAMPLES,
    LIBRARY,
    LONG_TERM,
    NOTICES,
    Category,
    notice_keywords,
    template_text,
)
from jishi.sandbox.official.template_rules import KIND, lines
from jishi.sandbox.official.templates import (
    NOTICE,
    Template,
    drop_template,
    keep,
    new_id,
    templates,
)

TOO_MANY, BAD_TID, BAD_START, BAD_LIMIT, NO_IDS = 200012, 200014, 200016, 200017, 200018
BAD_KEYWORDS, BAD_SCENE, BAD_TEMPLATE = 200020, 200021, 40037
KEYWORDS_MIN, KEYWORDS_MAX, SCENE_MAX, PAGE_MAX = 2, 5, 15, 30


class Categories(Struct, frozen=True):
    """The account's categories."""

    errcode: int
    errmsg: str
    data: list[Category]


class Title(Struct, frozen=True, rename={"category_id": "categoryId"}):
    """A notice of the library: one-time (2) or long-term (3)."""

    tid: str
    title: str
    type: int
    category_id: str


class Titles(Struct, frozen=True):
    """A page of the library."""

    errcode: int
    errmsg: str
    count: int
    data: list[Title]


class Keyword(Struct, frozen=True):
    """A keyword of a notice: what it is called, an example, and the kind of its value."""

    kid: int
    name: str
    example: str
    rule: str


class Keywords(Struct, frozen=True):
    """The keywords of a notice."""

    errcode: int
    errmsg: str
    count: int
    data: list[Keyword]


class Take(Lenient, frozen=True, rename={"kids": "kidList", "scene": "sceneDesc"}):
    """Take a notice with two to five of its keywords; the scene says what it is for."""

    tid: str = ""
    kids: list[int] = []
    scene: str = ""


class Taken(Struct, frozen=True, rename={"template_id": "priTmplId"}):
    """Its id in this account."""

    errcode: int
    errmsg: str
    template_id: str


class ByNotice(Lenient, frozen=True, rename={"template_id": "priTmplId"}):
    """A notice, by its id."""

    template_id: str = ""


class Mine(Struct, frozen=True, rename={"template_id": "priTmplId"}):
    """A notice that was taken."""

    template_id: str
    title: str
    content: str
    example: str
    type: int


class AllMine(Struct, frozen=True):
    """All that were taken."""

    errcode: int
    errmsg: str
    data: list[Mine]


@official("GET", "/wxaapi/newtmpl/getcategory")
async def categories(_call: OfficialCall) -> Categories:
    """List the account's categories."""
    return Categories(0, "ok", LIBRARY.categories)


@official("GET", "/wxaapi/newtmpl/getpubtemplatetitles")
async def titles(call: OfficialCall) -> Titles | Errcode:
    """List the library's notices of some categories."""
    ids = {each for each in call.query.get("ids", "").split(",") if each}
    start, count = call.query.get("start", ""), call.query.get("limit", "")
    if not ids:
        return Errcode(NO_IDS)
    if not (start.isascii() and start.isdigit()):
        return Errcode(BAD_START)
    if not (count.isascii() and count.isdigit() and 1 <= int(count) <= PAGE_MAX):
        return Errcode(BAD_LIMIT)
    found = [
        Title(each.tid, each.title, each.type, str(each.category))
        for each in LIBRARY.notices
        if str(each.category) in ids
    ]
    first = int(start)
    return Titles(0, "ok", len(found), found[first : first + int(count)])


@official("GET", "/wxaapi/newtmpl/getpubtemplatekeywords")
async def keywords(call: OfficialCall) -> Keywords | Errcode:
    """List the keywords of a notice."""
    notice = NOTICES.get(call.query.get("tid", ""))
    if notice is None:
        return Errcode(BAD_TID)
    found = []
    for kid, keyword in enumerate(notice.keywords, start=1):
        rule, _, name = keyword.partition("=")
        found.append(Keyword(kid, name, EXAMPLES[rule], rule))
    return Keywords(0, "ok", len(found), found)


@official("POST", "/wxaapi/newtmpl/addtemplate")
async def take(call: OfficialCall, asked: Take) -> Taken | Errcode:
    """Take a notice."""
    if asked.tid not in NOTICES:
        return Errcode(BAD_TID)
    if not KEYWORDS_MIN <= len(set(asked.kids)) <= KEYWORDS_MAX:
        return Errcode(BAD_KEYWORDS)
    chosen = notice_keywords(asked.tid, asked.kids)
    if chosen is None:
        return Errcode(BAD_KEYWORDS)
    if len(asked.scene) > SCENE_MAX:
        return Errcode(BAD_SCENE)
    mine = await templates(call.tx, appid=call.account.appid, kind=NOTICE)
    if len(mine) >= amount("templates", call.now):
        return Errcode(TOO_MANY)
    notice, content = NOTICES[asked.tid], template_text(chosen)
    template = Template(
        new_id(), NOTICE, notice.tid, notice.title, content, example_of(content), "", "",
        is_long_term=notice.type == LONG_TERM,
    )  # fmt: skip
    await keep(call.tx, call.account.appid, template)
    return Taken(0, "ok", template.template_id)


@official("GET", "/wxaapi/newtmpl/gettemplate")
async def tell_mine(call: OfficialCall) -> AllMine:
    """List what was taken."""
    mine = await templates(call.tx, appid=call.account.appid, kind=NOTICE)
    return AllMine(
        0,
        "ok",
        [
            Mine(
                each.template_id, each.title, each.content, each.example,
                LONG_TERM if each.is_long_term else LONG_TERM - 1,
            )
            for each in mine
        ],
    )  # fmt: skip


@official("POST", "/wxaapi/newtmpl/deltemplate")
async def give_back(call: OfficialCall, asked: ByNotice) -> Errcode | None:
    """Give a notice back."""
    gone = await drop_template(
        call.tx, appid=call.account.appid, kind=NOTICE, template_id=asked.template_id
    )
    return None if gone else Errcode(BAD_TEMPLATE)


def example_of(content: str) -> str:
    """Fill a template in with examples."""
    return "\n".join(
        f"{line.name}:{EXAMPLES.get(KIND.sub('', line.field), '示例内容')}"
        for line in lines(content)
    )
