"""The queue of shipping: what is paid and waits to be sent, the oldest first."""

from collections.abc import Sequence
from uuid import uuid4

from litestar import Response, get

from jishi.fulfilment.parcels import views as shipping
from jishi.kernel import Refused
from jishi.people import divisions
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.console.frame import show_console
from jishi.web.console.shipping.stuck import tabs_of
from jishi.web.member import staff_of
from jishi.web.policy import staff

ROWS = 50


@get("/console/shipping", opt=staff("shipping"))
async def queue(request: Asked) -> Response[bytes]:
    """Show the orders that wait to be sent, a page at a time."""
    return await show_queue(request)


async def show_queue(
    asked: Asked, refused: Refused | None = None, lines: Sequence[object] = ()
) -> Response[bytes]:
    """Show the queue; after a file, what became of each of its lines."""
    found = await house(asked).market.look(
        shipping.queue, book=staff_of(asked).book, orders_max=ROWS + 1,
        after=number(asked.query_params.get("after", ""), 0),
    )  # fmt: skip
    shown = found[:ROWS]
    words = house(asked).engine.words[language_of(asked)]
    page = {
        "tabs": tabs_of("", words),
        "rows": [(each, "".join(divisions.names_of(each.division)[:2])) for each in shown],
        "next": f"/console/shipping?after={shown[-1].order_id}" if len(found) > ROWS else "",
        "lines": lines, "key": str(uuid4()),
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/shipping/queue.html", page, status=status)
