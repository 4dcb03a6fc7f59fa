"""The voucher of an order on its buyer's page: its code to read out and to scan, while it holds."""

from io import BytesIO

import msgspec
import segno

from jishi import fulfilment
from jishi.fulfilment.pickup import codes
from jishi.fulfilment.views import VoucherOfOrder
from jishi.trade.views import OrderPage
from jishi.web.asked import Asked, house, is_secure
from jishi.web.person import shopper_of


class Shown(msgspec.Struct, frozen=True):
    """A voucher; its code and drawing are empty once it is used or void."""

    voucher: VoucherOfOrder
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
    if found is None or page.state != "ready_for_pickup":
        return Shown(found) if found else None
    code = codes.code_of(house(request).secret, page.book, page.order_id, found.turn)
    return Shown(found, codes.spoken(code), drawn(request, code))


def drawn(request: Asked, code: str) -> str:
    """Draw what a phone of the staff scans: the console's page, with the code filled in."""
    scheme = "https" if is_secure(request) else "http"
    path = f"{scheme}://{request.headers.get('host', '')}/console/pickup?code={code}"
    drawing = BytesIO()
    segno.make(path, error="m", micro=False).save(
        drawing, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, svgns=True, nl=False
    )
    return drawing.getvalue().decode()
