"""Our own few files: named by what is in them, so a browser may keep them for ever."""

from hashlib import sha256
from pathlib import Path

import msgspec
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.web.asked import Asked
from jishi.web.policy import PUBLIC
from jishi.web.squeeze import FILE_QUALITY, squeeze

FOLDER = Path(__file__).parent / "storefront"
FOR_EVER = "public, max-age=31536000, immutable"
CLOSED = (
    "/console",
    "/orders",
    "/addresses",
    "/shops/*/orders",
    "/shops/*/after-sale",
    "/shops/*/checkout",
    "/search",
    "/cart",
    "/checkout",
    "/purchases",
)
ROBOTS = "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]).encode()


class File(msgspec.Struct, frozen=True):
    """A file of ours, as it is and compressed once."""

    media_type: str
    body: bytes
    brotli: bytes


def read(path: Path, media_type: str) -> tuple[str, File]:
    """Give a file's name in an address, and the file."""
    body = path.read_bytes()
    name = f"{path.stem}.{sha256(body).hexdigest()[:12]}{path.suffix}"
    return name, File(media_type, body, squeeze(body, FILE_QUALITY))


MARK, _mark = read(FOLDER / "icons" / "mark.svg", "image/svg+xml")
CHOICE, _choice = read(FOLDER / "choice.js", "text/javascript")
SEARCH, _search = read(FOLDER / "search.js", "text/javascript")
CASHIER, _cashier = read(FOLDER / "cashier.js", "text/javascript")
ADDRESS, _address = read(FOLDER / "address.js", "text/javascript")
NEAR, _near = read(FOLDER / "near.js", "text/javascript")
SEEN, _seen = read(FOLDER / "seen.js", "text/javascript")
CONSOLE, _console = read(FOLDER.parent / "console" / "console.js", "text/javascript")
FILES = {
    MARK: _mark,
    CHOICE: _choice,
    SEARCH: _search,
    CASHIER: _cashier,
    CONSOLE: _console,
    ADDRESS: _address,
    NEAR: _near,
    SEEN: _seen,
}
GIVEN = {
    "mark": f"/static/{MARK}",
    "address_script": f"/static/{ADDRESS}",
    "console_script": f"/static/{CONSOLE}",
    "cashier_script": f"/static/{CASHIER}",
    "choice_script": f"/static/{CHOICE}",
    "near_script": f"/static/{NEAR}",
    "seen_script": f"/static/{SEEN}",
    "search_script": f"/static/{SEARCH}",
}
"""Where the templates find them."""


@get("/static/{name:str}", opt=PUBLIC)
async def static(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """Give one of our files."""
    if name not in FILES:
        raise NotFoundException
    return give(request, FILES[name], FOR_EVER)


@get("/favicon.ico", opt=PUBLIC)
async def favicon(request: Asked) -> Response[bytes]:
    """Give our mark to a browser that asks without being told."""
    return give(request, _mark, "public, max-age=86400")


@get("/robots.txt", opt=PUBLIC)
async def robots() -> Response[bytes]:
    """Tell crawlers what is nobody's business but the shopper's."""
    return Response(ROBOTS, media_type="text/plain")


def give(asked: Asked, file: File, cache: str) -> Response[bytes]:
    """Give a file, compressed if the browser can."""
    headers = {"cache-control": cache, "vary": "accept-encoding"}
    if "br" in asked.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "br"
        return Response(file.brotli, headers=headers, media_type=file.media_type)
    return Response(file.body, headers=headers, media_type=file.media_type)
