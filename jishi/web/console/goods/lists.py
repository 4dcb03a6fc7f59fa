"""The shop's goods in lists: live, drafts, archived, running low, sold out; and moved in bulk."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import uuid4

from litestar import Response, get, post

from jishi import goods
from jishi.goods import desk
from jishi.kernel import Refused
from jishi.pages.words import Words
from jishi.web.answer import notice, status_of
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of, number, text
from jishi.web.console.frame import Tab, done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff

ROWS = 50
SEARCH_CHARACTERS_MAX = 60


@get("/console/goods", opt=staff("goods"))
async def goods_list(request: Asked) -> Response[bytes]:
    """Show a list of goods, a page at a time."""
    return await show_goods(request)


async def show_goods(request: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the list that the address names."""
    member, asked = staff_of(request), request.query_params
    tab = asked.get("tab", "live") if asked.get("tab") in desk.TABS else "live"
    wanted = asked.get("q", "").replace("\x00", "")[:SEARCH_CHARACTERS_MAX].strip()
    market = house(request).market
    found = await market.look(
        desk.rows, book=member.book, tab=tab, pattern=pattern(wanted),
        before=number(asked.get("before", ""), NUMBER_MAX), rows_max=ROWS + 1,
    )  # fmt: skip
    counted = await market.look(desk.counts, book=member.book)
    assert counted is not None
    words = house(request).engine.words[language_of(request)]
    shown = found[:ROWS]
    query = {"tab": tab, **({"q": wanted} if wanted else {})}
    more = urlencode({**query, "before": shown[-1].product_id}) if len(found) > ROWS else ""
    page = {
        "rows": shown, "tab": tab, "q": wanted, "tabs": tabs_of(tab, counted, words),
        "next": f"/console/goods?{more}" if more else "",
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(request, "console/goods/list.html", page, status=status)


def pattern(wanted: str) -> str:
    """Give what the database looks for: the words as they are, anywhere."""
    if not wanted:
        return ""
    plain = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"


def tabs_of(here: str, counted: desk.DeskCount, words: Words) -> list[Tab]:
    """Give the lists, each with its number."""
    _ = words.say
    named = (
        ("live", _("在售"), counted.live), ("draft", _("草稿"), counted.draft),
        ("archived", _("已归档"), counted.archived), ("low", _("库存紧张"), counted.low),
        ("sold_out", _("售罄"), counted.sold_out),
    )  # fmt: skip
    return [Tab(f"/console/goods?tab={tab}", said, tab == here, n) for tab, said, n in named]


@post("/console/goods/shelf", opt=staff("goods"), status_code=303)
async def shelve(request: Asked) -> Response[bytes]:
    """Put the chosen products live, back to drafts, or into the archive."""
    form = await request.form()
    state = text(form, "state")
    chosen = [number(each, 0) for each in form.getall("row", []) if isinstance(each, str)][:ROWS]
    refused, moved = await shelve_each(request, chosen, state)
    n_ = house(request).engine.words[language_of(request)].count
    if refused is not None:
        return await show_goods(request, refused)
    return done(
        request, f"/console/goods?tab={state}" if state in desk.TABS else "/console/goods",
        n_("移动了 {n} 件商品。", moved),
    )  # fmt: skip


async def shelve_each(
    request: Asked, product_ids: Sequence[int], state: str
) -> tuple[Refused | None, int]:
    """Ask for each; give the first refusal, and how many were moved."""
    member, moved = staff_of(request), 0
    refused: Refused | None = None
    for product_id in product_ids:
        answer = await house(request).market.ask(
            goods.ShelveProduct(
                key=uuid4(), book=member.book, actor_id=member.staff_id, product_id=product_id,
                state=state,
            )
        )  # fmt: skip
        if isinstance(answer, Refused):
            refused = refused or answer
        else:
            moved += 1
    return refused, moved
