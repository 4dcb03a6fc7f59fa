"""The round codes that open a page of the mini program, as pictures.

Source: mini programs, "Getting a mini program code", "Getting an unlimited mini program code".
"""

import msgspec
from msgspec import Struct

from jishi.ports.wechat.official.account import Account, Given
from jishi.ports.wechat.official.limits import within

SCENE_CHARACTERS_MAX = 32
PATH_CHARACTERS_MAX = 1_024
WIDTH_MIN, WIDTH_MAX = 280, 1_280


class Color(Struct, frozen=True):
    """A colour, each part from 0 to 255."""

    r: int
    g: int
    b: int


class Look(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How a code looks: its width in pixels (280 to 1,280), its colour, transparent or not.

    `env_version` is release, trial or develop.
    """

    width: int = 430
    auto_color: bool = False
    line_color: Color | None = None
    is_hyaline: bool = False
    env_version: str = "release"


async def limited(account: Account, path: str, look: Look) -> Given:
    """Draw a code for a path with its query; 100,000 in the program's life.

    ErrcodeAnswered: 45029 they are used up.
    """
    within("path", len(path), PATH_CHARACTERS_MAX, 1)
    _check(look)
    return await account.download("/wxa/getwxacode", body={"path": path} | _parts(look))


async def unlimited(
    account: Account, scene: str, look: Look, *, page: str = "", is_checked: bool = True
) -> Given:
    """Draw a code for a page with a scene of up to 32 characters; any number, 5,000 a minute.

    ErrcodeAnswered: 41030 the page is not published (unless it is not to be checked), 40169 a bad
    scene, 45009 too many this minute.
    """
    within("scene", len(scene), SCENE_CHARACTERS_MAX, 1)
    _check(look)
    body = {"scene": scene, "page": page, "check_path": is_checked} | _parts(look)
    return await account.download("/wxa/getwxacodeunlimit", body=body)


def _check(look: Look) -> None:
    within("width", look.width, WIDTH_MAX, WIDTH_MIN)


def _parts(look: Look) -> dict[str, object]:
    parts: dict[str, object] = msgspec.to_builtins(look)
    return parts
