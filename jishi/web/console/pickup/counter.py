"""The counter: type or scan a code, see what is to be handed out, confirm once."""

from uuid import uuid4

import msgspec
from litestar import Response, get, post

from jishi import fulfilment, goods, staff
from jishi.fulfilment.pickup import codes
from jishi.fulfilment.views import Handout
from jishi.fulfilment.vouchers import refusal
from jishi.goods.stores import StoreRow
from jishi.kernel import MARKET, Refused
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff as of_staff
from jishi.web.storefront.said import names_of_line
from jishi.web.visitor import cookie

STORE, STORE_SECONDS = "counter", 365 * 24 * 3600
"""The cookie that remembers at which store's counter this browser stands."""

TYPED_MAX = 40
MISTYPED = Refused("code_mistyped")
WRONG = {
    "voucher_unknown": Refused("voucher_unknown"),
    "voucher_of_another_shop": Refused("voucher_of_another_shop"),
}


class Found(msgspec.Struct, frozen=True):
    """What a code leads to: an order, or why it does not, or why it was not handed out."""

    handout: Handout | None = None
    refused: Refused | None = None


@get("/console/pickup", opt=of_staff("store"))
async def counter(request: Asked) -> Response[bytes]:
    """Ask for a code; one that was scanned stands in the field already."""
    typed = request.query_params.get("code", "")[:TYPED_MAX]
    return await show_counter(request, typed, Found())


@post("/console/pickup", opt=of_staff("store"), status_code=200)
async def look_up(request: Asked) -> Response[bytes]:
    """Show what a code is for; nothing is handed out yet."""
    form = await request.form()
    typed = text(form, "code")[:TYPED_MAX]
    return await show_counter(request, typed, await find(request, typed), text(form, "store"))


@post("/console/pickup/redemption", opt=of_staff("store"), status_code=303)
async def hand_out(request: Asked) -> Response[bytes]:
    """Hand the goods out, once; a refusal says why not, and shows the order."""
    form, member = await request.form(), staff_of(request)
    typed, said = text(form, "code")[:TYPED_MAX], text(form, "store")
    found, code = await find(request, typed), codes.read(typed)
    if found.handout is None or code is None:
        return await show_counter(request, typed, found, said)
    _, here = await stores_and_here(request, said)
    answer = await house(request).market.ask(
        fulfilment.RedeemVoucher(
            key=key_of(form),
            book=member.book,
            actor_id=member.staff_id,
            order_id=found.handout.order_id,
            digest=codes.digest_of(house(request).secret, code),
            store_id=here,
        )
    )
    if isinstance(answer, Refused):
        return await show_counter(request, typed, Found(found.handout, answer), said)
    _ = house(request).engine.words[language_of(request)].say
    said = _("已交付，订单 {number}。", number=found.handout.order_number)
    return done(request, "/console/pickup", said)


async def find(request: Asked, typed: str) -> Found:
    """Find the order of a code; a wrong one is counted, one with a typing error is not."""
    member, market, code = staff_of(request), house(request).market, codes.read(typed)
    if code is None:
        return Found(refused=MISTYPED)
    answer = await market.ask(
        fulfilment.CheckVoucher(
            key=uuid4(),
            book=member.book,
            actor_id=member.staff_id,
            digest=codes.digest_of(house(request).secret, code),
        )
    )
    if isinstance(answer, Refused):
        return Found(refused=answer)
    assert isinstance(answer, fulfilment.VoucherChecked)
    if answer.trouble:
        return Found(refused=WRONG[answer.trouble])
    handout = await market.look(
        fulfilment.views.handout, book=member.book, order_id=answer.subject_id
    )
    return Found(handout)


async def stores_and_here(request: Asked, said: str) -> tuple[list[StoreRow], int]:
    """Give the shop's stores, and which this is: as said, as remembered, or the only one; or 0."""
    member, market = staff_of(request), house(request).market
    stores = await market.look(goods.stores.of_shop, book=member.book)
    known = {each.store_id for each in stores}
    here = number(said or request.cookies.get(STORE, ""), 0)
    only = next(iter(known)) if len(known) == 1 else 0
    return stores, here if here in known else only


async def show_counter(request: Asked, typed: str, found: Found, said: str = "") -> Response[bytes]:
    """Show the counter; with an order, what is left of it to hand out, or why nothing is."""
    stores, here = await stores_and_here(request, said)
    handout, refused = found.handout, found.refused
    if handout and refused is None:
        refused = refusal_of(handout, here)
    words = house(request).engine.words[language_of(request)]
    shown = {
        "stores": stores, "here_store": here, "typed": typed, "handout": handout,
        "may_hand_out": handout is not None and refused is None, "key": str(uuid4()),
        "names": [names_of_line(line, words) for line in handout.lines] if handout else [],
        "left": sum(line.left for line in handout.lines) if handout else 0,
        "by": await name_of(request, handout.staff_id) if handout else "",
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    cookies = [cookie(request, STORE, str(here), STORE_SECONDS)] if said and here else []
    status = status_of(refused) if refused else 200
    template = "console/pickup/counter.html"
    return show_console(request, template, shown, status=status, cookies=cookies)


def refusal_of(handout: Handout, here: int) -> Refused | None:
    """Give why these goods are not handed out here, as the act would; or none."""
    if refused := refusal(
        handout.state,
        handout.store_id,
        here,
        is_redeemed=handout.redeemed_at is not None,
        is_withheld=handout.is_withheld,
    ):
        return refused
    return None if any(line.left for line in handout.lines) else Refused("voucher_lapsed")


async def name_of(request: Asked, staff_id: int) -> str:
    """Give how somebody of the staff is called; nothing for nobody."""
    if not staff_id:
        return ""
    found = await house(request).market.look(staff.views.names, book=MARKET, staff_ids=[staff_id])
    return next((each.name for each in found), "")
