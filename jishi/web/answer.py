"""The answer to a reader: a page in his language, compressed, or the way to another page."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from litestar import Response
from litestar.datastructures import Cookie

from jishi.kernel import Refused
from jishi.trade.carts import CART_LINES_MAX
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.squeeze import PAGE_QUALITY, SMALL, squeeze
from jishi.web.words import Said, refusal

CART = "cart"
"""The cookie that holds the number in the tab bar."""

KNOWN = {"visitor", "person"}
"""The cookies of whoever has something of his own here: what he is shown is kept nowhere."""

STATUS = {"busy": 503, "order_unknown": 404, "too_many_wrong_codes": 429}
MALFORMED = {
    "lines_out_of_bounds",
    "quantity_out_of_bounds",
    "remark_too_long",
    "destination_unclear",
    "purchase_out_of_bounds",
}


def show(
    asked: Asked,
    template: str,
    page: Mapping[str, object],
    *,
    status: int = 200,
    cookies: Sequence[Cookie] = (),
) -> Response[bytes]:
    """Render a page for this reader."""
    given = {"here": here(asked), "notice": None, "tab": "", "cart_count": cart_count(asked)}
    html = house(asked).engine.render(language_of(asked), template, {**given, **page})
    body = html.encode()
    headers = {"vary": "accept-encoding, accept-language, cookie", "cache-control": "no-cache"}
    if cookies or not KNOWN.isdisjoint(asked.cookies):
        headers["cache-control"] = "private, no-store"
    if status == 503:  # noqa: PLR2004 - HTTP's own
        headers["retry-after"] = "2"
    if len(body) > SMALL and "br" in asked.headers.get("accept-encoding", ""):
        body = squeeze(body, PAGE_QUALITY)
        headers["content-encoding"] = "br"
    return Response(
        body, status_code=status, headers=headers, cookies=cookies, media_type="text/html"
    )


def cart_count(asked: Asked) -> int:
    """Give the number of lines in the reader's cart, as the last answer about it said."""
    return min(number(asked.cookies.get(CART, ""), 0), CART_LINES_MAX)


def here(asked: Asked) -> str:
    """Give the path to come back to: only what can be asked for again by its address."""
    return asked.scope["path"] if asked.scope["method"] == "GET" else "/"


def go_to(path: str, cookies: Sequence[Cookie] = ()) -> Response[bytes]:
    """Send the reader on, so that reloading what he sees does nothing twice."""
    return Response(
        b"", status_code=303, headers={"location": quote(path, safe="/?=&%-_~"),
        "cache-control": "no-store"}, cookies=cookies, media_type="text/html",
    )  # fmt: skip


def notice(asked: Asked, refused: Refused) -> Said:
    """Say to this reader why it may not be."""
    return refusal(language_of(asked), refused.reason, refused.detail)


def status_of(refused: Refused) -> int:
    """Give HTTP's word for a refusal."""
    return STATUS.get(refused.reason, 422 if refused.reason in MALFORMED else 409)
