"""Photos: pictures that people keep on their phones and pass on."""

import re
from hashlib import sha256

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.doors import control
from jishi.sandbox.phone.asked import Asked, world_of

PHOTO_BYTES_MAX = 10 * 1024 * 1024
MEDIA_TYPES = {"image/png", "image/jpeg", "image/webp", "image/gif", "image/svg+xml"}
PHOTO_ID = re.compile(r"[0-9a-f]{64}")
HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    # A drawing may carry a script; opened by itself it may do nothing.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
}


class Photo(Struct, frozen=True):
    """A picture."""

    media_type: str
    bytes: bytes


class Kept(Struct, frozen=True):
    """By what a picture is found again."""

    photo_id: str


sql = queries(__file__)
keep_photo = sql.run("keep_photo")
photo_by_id = sql.one("photo_by_id", Photo)


@control("POST", "/sandbox/photos")
async def take_photo(call: ControlCall) -> Kept | Refusal:
    """Keep a picture: the body is its bytes, Content-Type its kind."""
    media_type = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        return bad_parameter("/", f"Content-Type is one of {', '.join(sorted(MEDIA_TYPES))}")
    if not 0 < len(call.body) <= PHOTO_BYTES_MAX:
        return bad_parameter("/", f"a picture has from 1 to {PHOTO_BYTES_MAX} bytes")
    photo_id = sha256(call.body).hexdigest()
    await keep_photo(call.tx, photo_id=photo_id, media_type=media_type, bytes=call.body)
    return Kept(photo_id)


@get("/phone/photos/{photo_id:str}")
async def photo(request: Asked, photo_id: FromPath[str]) -> Response[bytes]:
    """Show a picture."""
    found = None
    if PHOTO_ID.fullmatch(photo_id):
        async with world_of(request).transaction() as tx:
            found = await photo_by_id(tx, photo_id=photo_id)
    if found is None:
        return Response(b"", status_code=404, media_type="text/plain")
    return Response(found.bytes, headers=HEADERS, media_type=found.media_type)
