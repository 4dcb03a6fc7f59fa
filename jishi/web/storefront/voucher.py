"""The voucher of an order on its buyer's page: its code to read out and to scan, while it holds."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import msgspec
import segno

from jishi import fulfilment
from jishi.fulfilment.pickup import codes
from jishi.fulfilment.views import VoucherOfOrder
from jishi.goods import opening
from jishi.pages.formats import SHANGHAI
from jishi.pages.words import Words
from jishi.trade.views import OrderPage
from jishi.web.asked import Asked, house, is_secure, language_of
from jishi.web.person import shopper_of


class Shown(msgspec.Struct, frozen=True):
    """A voucher; its code and drawing are empty once it is used or void."""

    voucher: VoucherOfOrder
    open_said: str
    today: str
    code: str = ""
    drawing: str = ""


async def shown_voucher(request: Asked, page: OrderPage) -> Shown | None:
    """Give the voucher of an order that was paid and is picked up."""
    if page.delivery != "pickup" or page.state in {"awaiting_payment", "closing"}:
        return None
    found = await house(request).market.look(
        fulfilment.views.voucher, person=shopper_of(request), of_book=page.book,
        order_id=page.order_id,
    )  # fmt: skip
    if found is None:
        return None
    now = datetime.now(SHANGHAI)
    open_said = open_now_said(found.hours, now, house(request).engine.words[language_of(request)])
    today = found.hours[now.weekday()] if found.hours else ""
    if page.state != "ready_for_pickup":
        return Shown(found, open_said, today)
    code = codes.code_of(house(request).secret, page.book, page.order_id, found.turn)
    return Shown(found, open_said, today, codes.spoken(code), drawn(request, code))


def open_now_said(hours: Sequence[str], local: datetime, words: Words) -> str:
    """Say whether a store is open now; nothing where nobody said its hours."""
    _ = words.say
    if not hours:
        return ""
    until = opening.open_until(hours, local)
    return _("营业中，到 {until}", until=until) if until else _("现在不营业")


def drawn(request: Asked, code: str) -> str:
    """Draw what a phone of the staff scans: the console's page, with the code filled in."""
    scheme = "https" if is_secure(request) else "http"
    path = f"{scheme}://{request.headers.get('host', '')}/console/pickup?code={code}"
    drawing = BytesIO()
    segno.make(path, error="m", micro=False).save(
        drawing, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, svgns=True, nl=False
    )
    return drawing.getvalue().decode()
