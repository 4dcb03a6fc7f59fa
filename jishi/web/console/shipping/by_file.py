"""Parcels by file: order number, carrier and tracking number a line; each line is its own deed."""

import csv
import io
from uuid import uuid5

import msgspec
from litestar import Response, post
from litestar.datastructures import FormMultiDict

from jishi import fulfilment
from jishi.fulfilment import Packed
from jishi.fulfilment.parcels import carriers
from jishi.fulfilment.parcels import views as shipping
from jishi.kernel import Refused
from jishi.web.asked import Asked, house, key_of, language_of
from jishi.web.console.shipping.queue import show_queue
from jishi.web.decoding import files_of
from jishi.web.member import staff_of
from jishi.web.policy import staff
from jishi.web.words import refusal

LINES_MAX = 200
FILE_BYTES_MAX = 1024 * 1024
COLUMNS = 3


class Told(msgspec.Struct, frozen=True):
    """A line of the file, and what became of it; nothing said: it was shipped."""

    line: int
    order_number: str
    said: str


@post(
    "/console/shipping/file", opt={**staff("shipping"), "form": "files"}, status_code=200,
    request_max_body_size=FILE_BYTES_MAX + 64 * 1024,
)  # fmt: skip
async def ship_file(request: Asked) -> Response[bytes]:
    """Ship all that is left of each order of a file; a line that is refused stops no other."""
    form = await request.form()
    rows = rows_of(await text_of(form))
    if not rows or len(rows) > LINES_MAX:
        return await show_queue(request, Refused("file_unclear", {"lines_max": LINES_MAX}))
    book, language = staff_of(request).book, language_of(request)
    numbers = [row[0] for row in rows]
    found = await house(request).market.look(shipping.by_numbers, book=book, order_numbers=numbers)
    ids = {each.order_number: each.order_id for each in found}
    told = []
    for at, (order_number, carrier, tracking) in enumerate(rows, start=1):
        refused = await ship_line(
            request, form, ids.get(order_number, 0), carriers.code_of(carrier), tracking
        )
        said = refusal(language, refused.reason, refused.detail).said if refused else ""
        told.append(Told(at, order_number, said))
    return await show_queue(request, lines=told)


async def text_of(form: FormMultiDict) -> str:
    """Give the file as text, in the encodings that spreadsheets write."""
    files = await files_of(form, "file")
    data = files[0] if files else b""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def rows_of(content: str) -> list[tuple[str, str, str]]:
    """Read order number, carrier and tracking number; a heading and empty lines are left out."""
    found = []
    for cells in csv.reader(io.StringIO(content)):
        row = [cell.strip() for cell in cells[:COLUMNS]]
        if len(row) == COLUMNS and row[0].startswith("JS") and "\x00" not in "".join(row):
            found.append((row[0], row[1], row[2]))
    return found


async def ship_line(
    asked: Asked, form: FormMultiDict, order_id: int, carrier: str, tracking: str
) -> Refused | None:
    """Ship all that is left of an order in one parcel; the same file sent twice is one deed."""
    member, market = staff_of(asked), house(asked).market
    order = await market.look(shipping.order, book=member.book, order_id=order_id)
    if order is None:
        return Refused("order_unknown")
    lines = tuple(Packed(each.position, each.left) for each in order.lines if each.left)
    answer = await market.ask(
        fulfilment.ShipParcel(
            key=uuid5(key_of(form), f"{order_id} {tracking}"), book=member.book,
            actor_id=member.staff_id, order_id=order_id, lines=lines, carrier=carrier,
            tracking_number=tracking,
        )
    )  # fmt: skip
    return answer if isinstance(answer, Refused) else None
