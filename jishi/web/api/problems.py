"""Problem details: what went wrong, for programs to branch on and people to read (RFC 9457)."""

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException

from jishi.kernel import Refused
from jishi.web.asked import Asked, language_of
from jishi.web.words import LANGUAGE_NAMES, fault, refusal

MEDIA_TYPE = "application/problem+json"
NOT_FOUND = {
    "case_unknown", "order_unknown", "parcel_unknown", "product_unknown", "sku_unknown",
    "webhook_unknown",
}  # fmt: skip
TITLES = {
    "key_missing": "Send a key of the API: Authorization: Bearer jk_…",
    "key_unknown": "This key is unknown, revoked, or at its end.",
    "scope_missing": "This key is not for that.",
    "idempotency_key_missing": "Send an Idempotency-Key of 1 to 128 visible characters.",
}


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem; `reason` never changes its meaning, the texts may."""

    reason: str
    title: str
    status: int
    detail: str = ""
    values: dict[str, object] = {}
    request_id: str = ""


class Trouble(HTTPException):
    """A problem that is raised; its `detail` is the reason."""


class MarketRefused(Exception):
    """The market refused; nothing was changed."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def problem(asked: Asked, error: Exception, status: int) -> Response[bytes]:
    """Answer whatever was raised while the API worked."""
    if isinstance(error, MarketRefused):
        return of_refusal(asked, error.refused)
    return of_error(asked, error, status)


def of_refusal(asked: Asked, refused: Refused) -> Response[bytes]:
    """Answer with a refusal."""
    said = refusal(language_of(asked), refused.reason, refused.detail)
    status = 503 if not refused.is_final else 404 if refused.reason in NOT_FOUND else 409
    return answer(
        asked,
        Problem(refused.reason, said.said, status, said.way_out, dict(refused.detail)),
    )


def of_error(asked: Asked, error: Exception, status: int) -> Response[bytes]:
    """Answer an exception: never with what was inside."""
    said = fault(language_of(asked), status)
    known = error.detail if isinstance(error, HTTPException) and error.detail in TITLES else ""
    if known:
        return answer(asked, Problem(known, TITLES[known], status))
    reason = {400: "malformed", 404: "not_found", 405: "method_not_allowed"}.get(status, "failed")
    detail = field_of(error) or said.way_out
    return answer(asked, Problem(reason, said.said, status, detail))


def field_of(error: Exception) -> str:
    """Say which field is wrong, if it is one."""
    extra = getattr(error, "extra", None)
    if not isinstance(extra, list):
        return ""
    told = [f"{each.get('key', '')}: {each.get('message', '')}" for each in extra[:5]]
    return "; ".join(each.strip(": ") for each in told)


def answer(asked: Asked, problem: Problem) -> Response[bytes]:
    """Write a problem."""
    request_id = asked.scope["state"].get("request_id", "")
    said = msgspec.structs.replace(problem, request_id=request_id)
    language = language_of(asked)
    assert language in LANGUAGE_NAMES
    headers = {"cache-control": "no-store", "content-language": language}
    if problem.status == 401:  # noqa: PLR2004 - HTTP's own
        headers["www-authenticate"] = "Bearer"
    if problem.status == 503:  # noqa: PLR2004 - HTTP's own
        headers["retry-after"] = "2"
    return Response(
        msgspec.json.encode(said), status_code=problem.status, headers=headers,
        media_type=MEDIA_TYPE,
    )  # fmt: skip
