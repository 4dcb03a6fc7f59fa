"""Operations asked for by the wrong method, and paths that are none: WeChat's words for both."""

import secrets

from litestar import HttpMethod, Response, route
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from jishi.sandbox.doors import OFFICIAL
from jishi.sandbox.official.errcodes import words

NEEDS_GET, NEEDS_POST = 43001, 43002
NEEDS = {"GET": (NEEDS_GET, "POST"), "POST": (NEEDS_POST, "GET")}


class Trouble(Struct, frozen=True):
    """The number and the words."""

    errcode: int
    errmsg: str


def wrong_methods() -> list[HTTPRouteHandler]:
    """Give a handler for each operation that is asked for by GET or POST alone."""
    known: dict[str, set[str]] = {}
    for each in OFFICIAL:
        known.setdefault(each.path, set()).add(each.method)
    return [_told(path, *methods) for path, methods in known.items() if len(methods) == 1]


def _told(path: str, method: str) -> HTTPRouteHandler:
    number, other = NEEDS[method]

    async def tell() -> Response[Trouble]:
        rid = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
        return Response(Trouble(number, f"{words(number)} rid: {rid}"))

    made = route(path, http_method=[HttpMethod(other)], name=f"{other} {path}", status_code=200)
    return made(tell)
