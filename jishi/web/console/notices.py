"""What the shop was told: orders, parcels, cases of after-sale, new ones first, till read."""

from collections.abc import Sequence
from uuid import uuid4

import msgspec
from litestar import Response, get, post

from jishi import staff
from jishi.after_sale.desk import told as told_cases
from jishi.kernel import Refused
from jishi.pages.words import Words
from jishi.staff.notices import NoticeRow
from jishi.trade.today import told as told_orders
from jishi.web.asked import Asked, house, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff as of_staff

ROWS = 50
OF_ORDERS = ("order_paid", "parcel_troubled")
NUMBER_MAX = 2**63 - 1


class Notice(msgspec.Struct, frozen=True):
    """A notice in the reader's words, and where what it is about can be dealt with."""

    row: NoticeRow
    said: str
    about: str
    path: str


@get("/console/notices", opt=of_staff())
async def told(request: Asked) -> Response[bytes]:
    """Show all that the shop was told and this member may deal with, the newest first."""
    before = number(request.query_params.get("before", ""), NUMBER_MAX)
    found = await notices_of(request, ROWS + 1, before)
    page = {
        "notices": found[:ROWS],
        "next": f"/console/notices?before={found[ROWS - 1].row.number}" if found[ROWS:] else "",
    }
    return show_console(request, "console/notices.html", page)


@post("/console/notices/seen", opt=of_staff(), status_code=303)
async def see_notices(request: Asked) -> Response[bytes]:
    """Remember that this member has read up to the newest that he was shown."""
    member, form = staff_of(request), await request.form()
    answer = await house(request).market.ask(
        staff.SeeNotices(
            key=uuid4(), book=member.book, actor_id=member.staff_id,
            number=number(text(form, "number"), 0),
        )
    )  # fmt: skip
    _ = house(request).engine.words[language_of(request)].say
    is_seen = not isinstance(answer, Refused) or answer.reason == "notices_seen"
    said = _("消息都看过了。") if is_seen else _("没有新的消息。")
    return done(request, "/console", said)


async def notices_of(
    request: Asked, notices_max: int, before: int = NUMBER_MAX
) -> Sequence[Notice]:
    """Give what the shop was told, each with its way on."""
    member, market = staff_of(request), house(request).market
    kinds = staff.rules.kinds_for(member.permissions)
    if member.shop is None or not kinds:
        return []
    rows = await market.look(
        staff.notices.notices, book=member.book, kinds=kinds, staff_id=member.staff_id,
        before=before, notices_max=notices_max,
    )  # fmt: skip
    words = house(request).engine.words[language_of(request)]
    order_ids = [each.about_id for each in rows if each.kind in OF_ORDERS]
    case_ids = [each.about_id for each in rows if each.kind not in OF_ORDERS]
    orders = await market.look(told_orders, book=member.book, order_ids=order_ids)
    cases = await market.look(told_cases, book=member.book, case_ids=case_ids)
    abouts = {
        each.about_id: (each.order_number, f"/console/orders/{each.public_id}")
        for each in orders
    } | {
        each.about_id: (
            words.pick(each.title, each.title_en), f"/console/after-sale/{each.public_id}"
        )
        for each in cases
    }  # fmt: skip
    return [
        Notice(each, kind_said(each.kind, words), about, way_of(each, path))
        for each in rows
        for about, path in [abouts.get(each.about_id, ("", ""))]
    ]


def way_of(row: NoticeRow, path: str) -> str:
    """Give where a notice is dealt with: what is wrong with a parcel where parcels are."""
    return f"/console/shipping/{row.about_id}" if row.kind == "parcel_troubled" else path


def kind_said(kind: str, words: Words) -> str:
    """Say what came in."""
    _ = words.say
    return {
        "order_paid": _("新订单已付款"),
        "case_opened": _("买家申请售后，48 小时不处理就算同意"),
        "case_changed": _("买家改了售后申请，请再处理"),
        "case_sent_back": _("买家寄回了商品，请验收"),
        "parcel_troubled": _("快递出了问题，请联系快递公司"),
    }.get(kind, _("售后交平台裁决，请补充说明"))
