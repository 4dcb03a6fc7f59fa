"""What a person says in the chat, typed.

Source: official accounts, "Receiving standard messages"; mini programs, "Receiving messages and
events". Everything is optional here: a push that lacks a field is still worth its other fields.
"""

from typing import TypeAlias

from msgspec import Struct, field


class _Said(Struct, frozen=True, rename="pascal"):
    pass


class Text(_Said, frozen=True):
    """Words; `menu_choice` is the id of the tapped item when a message menu was answered."""

    content: str = ""
    menu_choice: str = field(default="", name="bizmsgmenuid")


class Image(_Said, frozen=True):
    """A picture: where it can be fetched, and its media id (3 days)."""

    pic_url: str = ""
    media_id: str = ""


class Voice(_Said, frozen=True):
    """A voice message; `format` is amr or speex."""

    media_id: str = ""
    format: str = ""


class Video(_Said, frozen=True):
    """A film, long or short."""

    media_id: str = ""
    thumb_media_id: str = ""


class Place(_Said, frozen=True):
    """A place on the map, in degrees; `scale` is the map's zoom."""

    latitude: float = field(default=0.0, name="Location_X")
    longitude: float = field(default=0.0, name="Location_Y")
    scale: int = 0
    label: str = ""


class Link(_Said, frozen=True):
    """A link that was sent on."""

    title: str = ""
    description: str = ""
    url: str = ""


class MiniProgramCard(_Said, frozen=True):
    """The card of a mini program's page, sent in the mini program's chat."""

    title: str = ""
    app_id: str = ""
    page_path: str = ""
    thumb_url: str = ""
    thumb_media_id: str = ""


Message: TypeAlias = Text | Image | Voice | Video | Place | Link | MiniProgramCard

MESSAGES: dict[str, type[Message]] = {
    "text": Text,
    "image": Image,
    "voice": Voice,
    "video": Video,
    "shortvideo": Video,
    "location": Place,
    "link": Link,
    "miniprogrampage": MiniProgramCard,
}
"""By MsgType."""
