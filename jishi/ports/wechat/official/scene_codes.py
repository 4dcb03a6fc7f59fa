"""Scene codes: QR codes that tell, when somebody scans one, which of them it was.

Source: official accounts, "Generating a parametric QR code". 100,000 permanent ones an account.
"""

from urllib.parse import quote

from msgspec import Struct

from jishi.ports.wechat.official.account import Account, Hosts
from jishi.ports.wechat.official.limits import within

LIFE_SECONDS_MAX = 2_592_000
TEMPORARY_ID_MAX = 4_294_967_295
PERMANENT_ID_MAX = 100_000
SCENE_CHARACTERS_MAX = 64


class SceneCode(Struct, frozen=True):
    """A code: its ticket, what the code itself says, its life in seconds (none: for ever)."""

    ticket: str
    url: str
    expire_seconds: int | None = None


class _Scene(Struct, frozen=True, omit_defaults=True):
    scene_id: int = 0
    scene_str: str = ""


class _Info(Struct, frozen=True):
    scene: _Scene


class _Creating(Struct, frozen=True, omit_defaults=True):
    action_name: str
    action_info: _Info
    expire_seconds: int = 0


async def create_temporary(account: Account, scene: int | str, *, life_seconds: int) -> SceneCode:
    """Make a code that lives up to 30 days; its scene is a 32-bit number or 1 to 64 characters."""
    within("life_seconds", life_seconds, LIFE_SECONDS_MAX, 1)
    asked, kind = _scene(scene, TEMPORARY_ID_MAX)
    body = _Creating(f"QR{kind}_SCENE", _Info(asked), life_seconds)
    return await account.post("/cgi-bin/qrcode/create", body, SceneCode, is_repeatable=True)


async def create_permanent(account: Account, scene: int | str) -> SceneCode:
    """Make a code that lives for ever; its scene is 1 to 100,000, or 1 to 64 characters."""
    asked, kind = _scene(scene, PERMANENT_ID_MAX)
    body = _Creating(f"QR_LIMIT{kind}_SCENE", _Info(asked))
    return await account.post("/cgi-bin/qrcode/create", body, SceneCode, is_repeatable=True)


def image_url(hosts: Hosts, ticket: str) -> str:
    """Give the address of the code's picture."""
    return f"{hosts.pages}/cgi-bin/showqrcode?ticket={quote(ticket, safe='')}"


def _scene(scene: int | str, id_max: int) -> tuple[_Scene, str]:
    if isinstance(scene, int):
        within("scene", scene, id_max, 1)
        return _Scene(scene_id=scene), ""
    within("scene", len(scene), SCENE_CHARACTERS_MAX, 1)
    return _Scene(scene_str=scene), "_STR"
