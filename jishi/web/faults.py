"""When something went wrong: a page that says so kindly, and never what was inside."""

from urllib.parse import quote

from litestar import Response
from litestar.exceptions import HTTPException

from jishi.kernel.failures import is_down
from jishi.web.answer import go_to, here, show
from jishi.web.api.problems import MarketRefused, problem
from jishi.web.asked import Asked, language_of
from jishi.web.console.lacking import show_lacking
from jishi.web.logs import log
from jishi.web.member import (
    SECOND_STEP,
    RoleLacking,
    SecondStepNeeded,
    ShopNeeded,
    SignInNeeded,
)
from jishi.web.words import fault

API = "/api/"


def fault_page(asked: Asked, error: Exception) -> Response[bytes]:
    """Answer an exception, in the reader's language, with the number to ask us about it."""
    status = status_of(error)
    request_id = asked.scope["state"].get("request_id", "")
    if status >= 500:  # noqa: PLR2004 - HTTP's own
        log.error("request failed", request_id=request_id, exc_info=True)
    if asked.scope["path"].startswith(API):
        return problem(asked, error, status)
    if isinstance(error, SignInNeeded):
        return go_to(f"/console/sign-in?back={quote(here(asked), safe='')}")
    if isinstance(error, SecondStepNeeded):
        return go_to(SECOND_STEP)
    if isinstance(error, ShopNeeded):
        return go_to(f"/console/shops?back={quote(here(asked), safe='')}")
    if isinstance(error, RoleLacking):
        return show_lacking(asked, error.permission)
    said = fault(language_of(asked), status)
    is_passing = status in {429, 503}
    page = {
        "said": said.said, "way_out": said.way_out, "request_id": request_id,
        "retry": here(asked) if is_passing else "/", "is_passing": is_passing,
    }  # fmt: skip
    answer = show(asked, "fault.html", page, status=status)
    answer.headers["cache-control"] = "no-store"
    return answer


def status_of(error: Exception) -> int:
    """Give HTTP's word for an exception: the database away is 503, what nobody foresaw 500."""
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, MarketRefused):
        return 409
    return 503 if is_down(error) else 500
