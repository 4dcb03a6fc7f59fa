"""The stock of one SKU: what lies where, who changed it when and why, and its prices."""

from datetime import datetime
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import goods
from jishi.goods import desk
from jishi.kernel import Refused
from jishi.pages.words import Words
from jishi.web.answer import notice, status_of
from jishi.web.asked import NUMBER_MAX, Asked, house, key_of, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.console.goods.said import Choice
from jishi.web.member import staff_of
from jishi.web.policy import staff

ROWS = 50
DIGITS_MAX = 7


@get("/console/stock/{sku_id:int}", opt=staff("stock"))
async def sku_stock(request: Asked, sku_id: FromPath[int]) -> Response[bytes]:
    """Show the ledger of a SKU, a page at a time."""
    return await show_stock(request, sku_id)


async def show_stock(
    request: Asked, sku_id: int, refused: Refused | None = None
) -> Response[bytes]:
    """Show the stock, its ledger and its prices."""
    book, market = staff_of(request).book, house(request).market
    head = await find_head(request, sku_id)
    before = number(request.query_params.get("before", ""), NUMBER_MAX)
    its = {"book": book, "sku_id": sku_id, "before": before}
    moves = await market.look(desk.moves, **its, moves_max=ROWS + 1)
    prices = await market.look(desk.price_history, **its, prices_max=ROWS)
    words = house(request).engine.words[language_of(request)]
    shown = moves[:ROWS]
    page = {
        "key": str(uuid4()), "head": head, "moves": [move_of(each, head, words) for each in shown],
        "prices": prices, "reasons": reasons(words),
        "next": f"/console/stock/{sku_id}?before={shown[-1].number}" if len(moves) > ROWS else "",
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(request, "console/stock/ledger.html", page, status=status)


async def find_head(request: Asked, sku_id: int) -> desk.StockHead:
    """Find a SKU of the shop."""
    head = None
    if abs(sku_id) < 2**63:
        head = await house(request).market.look(
            desk.stock, book=staff_of(request).book, sku_id=sku_id
        )
    if head is None:
        raise NotFoundException
    return head


class Move(msgspec.Struct, frozen=True):
    """A line of the ledger, in words."""

    at: datetime
    reason: str
    store: str
    actor_id: int
    quantity: str


def move_of(moved: desk.ShelfMove, head: desk.StockHead, words: Words) -> Move:
    """Say why units moved, and where."""
    said = {each.key: each.said for each in [*reasons(words), *by_itself(words)]}
    key, _, note = moved.reason.partition(": ")
    reason = f"{said.get(key, key)} · {note}" if note else said.get(key, key)
    names = {each.store_id: each.name for each in head.stores}
    store, quantity = names.get(moved.store_id, ""), f"{moved.quantity:+}"
    if moved.from_store_id:
        store, quantity = f"{names.get(moved.from_store_id, '')} → {store}", str(moved.quantity)
    return Move(moved.at, reason, store, moved.actor_id, quantity)


def reasons(words: Words) -> list[Choice]:
    """Give the reasons that a member chooses from."""
    _ = words.say
    return [
        Choice("received", _("进货")), Choice("counted", _("盘点")), Choice("damaged", _("损坏")),
        Choice("lost", _("丢失")), Choice("sent_back", _("退给供应商")),
        Choice("sample", _("样品")), Choice("mended", _("更正")),
    ]  # fmt: skip


def by_itself(words: Words) -> list[Choice]:
    """Give the reasons of what orders do."""
    _ = words.say
    return [
        Choice("order_placed", _("下单预留")), Choice("order_closed", _("订单关闭，放回货架")),
        Choice("seeded", _("期初库存")), Choice("between_stores", _("门店调拨")),
        Choice("after_sale_unsent", _("未发货退款，放回货架")),
        Choice("after_sale_received", _("退货入库")), Choice("after_sale_replaced", _("换货寄出")),
    ]  # fmt: skip


@post("/console/stock/{sku_id:int}", opt=staff("stock"), status_code=303)
async def adjust(request: Asked, sku_id: FromPath[int]) -> Response[bytes]:
    """Put units on a shelf, or take them away, with a reason."""
    form, member = await request.form(), staff_of(request)
    said = text(form, "quantity").strip()
    units = number(said[-DIGITS_MAX:].lstrip("+-"), 0) if len(said) <= DIGITS_MAX + 1 else 0
    words = house(request).engine.words[language_of(request)]
    _ = words.say
    key = text(form, "reason")
    note = " ".join(text(form, "note").split())
    is_known = key in {each.key for each in reasons(words)}
    answer = await house(request).market.ask(
        goods.Restock(
            key=uuid4(), book=member.book, actor_id=member.staff_id,
            sku_id=sku_id if abs(sku_id) < 2**63 else 0,
            quantity=-units if said.startswith("-") else units,
            reason=(f"{key}: {note}" if note else key) if is_known else "",
            store_id=number(text(form, "store"), 0),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_stock(request, sku_id, answer)
    return done(request, f"/console/stock/{sku_id}", _("库存已更新。"))


@post("/console/stock/{sku_id:int}/transfers", opt=staff("stock"), status_code=303)
async def transfer(request: Asked, sku_id: FromPath[int]) -> Response[bytes]:
    """Move what is free from one store to another."""
    head, form, member = await find_head(request, sku_id), await request.form(), staff_of(request)
    answer = await house(request).market.ask(
        goods.MoveStock(
            key=key_of(form), book=member.book, actor_id=member.staff_id,
            sku_id=head.sku_id,
            from_store_id=number(text(form, "from"), 0), to_store_id=number(text(form, "to"), 0),
            quantity=number(text(form, "units")[:DIGITS_MAX], 0),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_stock(request, sku_id, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/stock/{sku_id}", _("已调拨。"))
