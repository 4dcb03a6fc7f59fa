"""A shopper's page: shown, and what it showed told to the evidence."""

from collections.abc import Mapping, Sequence

from litestar import Response
from litestar.datastructures import Cookie

from jishi.web import answer
from jishi.web.asked import Asked
from jishi.web.visits import saw_page, visit_cookies

OK = 200


def show(
    asked: Asked,
    template: str,
    page: Mapping[str, object],
    *,
    status: int = OK,
    cookies: Sequence[Cookie] = (),
) -> Response[bytes]:
    """Render a page for this shopper."""
    shown = answer.show(asked, template, page, status=status, cookies=cookies)
    if status == OK:
        saw_page(asked, template)
    for each in visit_cookies(asked):
        # It makes the page nobody's own: what is shown is the same without it.
        shown.set_cookie(each)
    return shown
