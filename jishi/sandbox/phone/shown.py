"""What people show each other, in a chat or to all: words, a link, a picture, a place."""

from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from jishi.sandbox.answers import Refusal, bad_parameter
from jishi.sandbox.world import World

TEXT, CARD, PHOTO, PLACE = "text", "card", "photo", "place"
WORDS_MAX = 2_000
ADDRESS_MAX = 4_000


class Shown(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Each kind fills its part. `place` is "latitude,longitude" in degrees; `source` says whose."""

    text: str = ""
    title: str = ""
    words: str = ""
    url: str = ""
    picture_url: str = ""
    source: str = ""
    photo_id: str = ""
    place: str = ""
    label: str = ""


NEEDED = {TEXT: "text", CARD: "url", PHOTO: "photo_id", PLACE: "place"}


def objection(kind: str, content: Shown) -> Refusal | None:
    """Say why this cannot be shown."""
    needed = NEEDED.get(kind)
    if needed is None:
        return bad_parameter("/kind", f"one of {', '.join(NEEDED)}")
    if not getattr(content, needed):
        return bad_parameter(f"/content/{needed}", "is empty")
    if kind == CARD and not content.url.startswith(("http://", "https://")):
        return bad_parameter("/content/url", "an address that begins with http")
    if max(len(content.text), len(content.title), len(content.words)) > WORDS_MAX:
        return bad_parameter("/content", f"at most {WORDS_MAX} letters")
    if len(content.url) > ADDRESS_MAX:
        return bad_parameter("/content/url", f"at most {ADDRESS_MAX} letters")
    return None


def article_of(world: World, content: Shown) -> str:
    """Give the name of the article that is passed on; nothing when it is none."""
    before = f"{world.base_url}/s/"
    return urlsplit(content.url).path[3:] if content.url.startswith(before) else ""


def as_json(content: Shown) -> str:
    """Write it down, without what PostgreSQL cannot keep."""
    return msgspec.json.encode(content).decode().replace("\\u0000", "")
