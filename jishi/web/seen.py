"""What a browser tells of a page when it is left: how long its largest part took to come.

Told by `navigator.sendBeacon`, so it outlives the page. It changes nothing of anybody's; what other
sites' pages send is refused, and nobody waits for it to be kept.
"""

import msgspec
from litestar import Response, post

from jishi.evidence import Sight, rules
from jishi.web.asked import Asked
from jishi.web.policy import BEACON
from jishi.web.visits import saw


class Told(msgspec.Struct):
    """Which page, and when its largest part stood, in milliseconds."""

    path: str
    ms: float


@post("/seen", opt=BEACON, status_code=200, request_max_body_size=rules.BODY_BYTES_MAX)
async def seen(request: Asked) -> Response[bytes]:
    """Take what a page tells."""
    try:
        told = msgspec.json.decode(await request.body(), type=Told)
    except msgspec.DecodeError:
        return Response(b"", status_code=400)
    seconds = round(told.ms / 1_000, 3)
    if rules.is_time(seconds):
        page = rules.page_of(told.path[: rules.PATH_CHARACTERS_MAX])
        saw(request, Sight(type="page.perf", object_type="page", value=seconds, page=page))
    return Response(b"", status_code=204, headers={"cache-control": "no-store"})
