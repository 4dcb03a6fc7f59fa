"""The phone's own scripts, styles and pictures, under an address that changes with them."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

HERE = Path(__file__).parent
FOLDERS = (HERE / "page" / "scripts", HERE / "page" / "styles")
VENDORED = HERE / "vendor"
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
USER_AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260117"
    " MicroMessenger/8.0.50.2701(0x28003252) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN"
    " ABI/arm64"
)
"""As WeChat on an Android phone names itself."""


@cache
def files() -> dict[str, bytes]:
    """Read every file that a browser may ask for."""
    found = [file for folder in FOLDERS for file in sorted(folder.iterdir())]
    found.append(VENDORED / "jsQR.js")
    return {file.name: file.read_bytes() for file in found if file.suffix in MEDIA_TYPES}


def version() -> str:
    """Give a name for all the files as they are."""
    digest = sha256()
    for name, body in files().items():
        digest.update(name.encode() + b"\0" + sha256(body).digest())
    return digest.hexdigest()[:12]


ADDRESS = f"/phone/static/{version()}"


@get("/phone/static/{version:str}/{name:str}")
async def static(version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """Give one of the files; a browser may keep it for ever."""
    if name not in files() or not ADDRESS.endswith(version):
        raise NotFoundException
    return Response(
        files()[name],
        headers={"cache-control": "public, max-age=31536000, immutable"},
        media_type=MEDIA_TYPES[Path(name).suffix],
    )


@cache
def bridge_script() -> bytes:
    """Give the script that every page in the WebView begins with."""
    text = (HERE / "webview" / "bridge.js").read_text("utf-8")
    return text.replace('"__USER_AGENT__"', json.dumps(USER_AGENT)).encode()


@cache
def jweixin_script() -> bytes:
    """Give the JS-SDK as res.wx.qq.com does: a script that makes `wx`.

    The package is made for bundlers; around it stands only what a bundler would put there.
    """
    text = (VENDORED / "jweixin-1.6.0.js").read_text("utf-8")
    before = "(function(){var module={exports:{}};\n"
    after = "\nwindow.wx=window.jWeixin=module.exports;})();\n"
    return (before + text + after).encode()
