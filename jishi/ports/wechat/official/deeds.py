"""What a person did in the chat or with the menu, typed.

Sources: official accounts, "Receiving event pushes", "Custom menu event pushes", "Subscription
notice events", "Changes of an authorized person's data".
"""

from msgspec import Struct, field

_SCENE = "qrscene_"


class _Happened(Struct, frozen=True, rename="pascal"):
    pass


class Followed(_Happened, frozen=True):
    """Somebody follows. Of a scene code, `ticket` is its ticket and `scene` its value."""

    event_key: str = ""
    ticket: str = ""

    @property
    def scene(self) -> str:
        """Give the value of the scene code that was scanned; empty where there was none."""
        return self.event_key.removeprefix(_SCENE) if self.event_key.startswith(_SCENE) else ""


class Unfollowed(_Happened, frozen=True):
    """Somebody follows no more."""


class Scanned(_Happened, frozen=True):
    """A follower scanned a scene code of ours."""

    scene: str = field(default="", name="EventKey")
    ticket: str = ""


class PlaceReported(_Happened, frozen=True):
    """Where a follower is, in degrees; `precision` in metres."""

    latitude: float = 0.0
    longitude: float = 0.0
    precision: float = 0.0


class MenuTapped(_Happened, frozen=True):
    """A button of the menu was tapped; `key` is the button's."""

    key: str = field(default="", name="EventKey")


class MenuLinkOpened(_Happened, frozen=True):
    """A button opened a page, or a mini program's page: `url` is its address."""

    url: str = field(default="", name="EventKey")
    menu_id: str = ""


class ScanResult(_Happened, frozen=True):
    """What was read; `scan_type` is qrcode or barcode."""

    scan_type: str = ""
    scan_result: str = ""


class CodeScanned(_Happened, frozen=True):
    """Somebody scanned any code through a button of the menu."""

    key: str = field(default="", name="EventKey")
    scan_code_info: ScanResult = ScanResult()


class PictureDigest(_Happened, frozen=True):
    """The MD5 of a picture, to find it among the messages that follow."""

    pic_md5_sum: str = field(default="", name="PicMd5Sum")


class PictureDigests(_Happened, frozen=True):
    """The pictures of one choice."""

    item: tuple[PictureDigest, ...] = field(default=(), name="item")


class PicturesChosen(_Happened, frozen=True):
    """How many pictures somebody chose."""

    count: int = 0
    pic_list: PictureDigests = PictureDigests()


class PicturesPicked(_Happened, frozen=True):
    """Somebody took or chose pictures through a button of the menu."""

    key: str = field(default="", name="EventKey")
    send_pics_info: PicturesChosen = PicturesChosen()


class PlaceChosen(_Happened, frozen=True):
    """A place on the map, in degrees."""

    latitude: float = field(default=0.0, name="Location_X")
    longitude: float = field(default=0.0, name="Location_Y")
    scale: int = 0
    label: str = ""
    name: str = field(default="", name="Poiname")


class PlacePicked(_Happened, frozen=True):
    """Somebody chose a place through a button of the menu."""

    key: str = field(default="", name="EventKey")
    send_location_info: PlaceChosen = PlaceChosen()


class ChatEntered(_Happened, frozen=True):
    """Somebody opened a mini program's customer service; `session_from` is the button's."""

    session_from: str = ""


class NoticeChoice(_Happened, frozen=True):
    """What somebody chose for one template: `subscribe_status_string` is accept or reject."""

    template_id: str = ""
    subscribe_status_string: str = ""
    popup_scene: str = ""

    @property
    def is_accepted(self) -> bool:
        """Tell whether one more notice may be sent."""
        return self.subscribe_status_string == "accept"


class NoticesAnswered(_Happened, frozen=True):
    """Somebody answered the question for subscription notices."""

    choices: tuple[NoticeChoice, ...] = field(default=(), name="List")


class NoticesChanged(_Happened, frozen=True):
    """Somebody changed the settings of subscription notices."""

    choices: tuple[NoticeChoice, ...] = field(default=(), name="List")


class AuthorizationChanged(Struct, frozen=True):
    """Somebody took back what they had shown us, changed it, or left WeChat.

    The person is `openid`, not who the push is from. `revoked` names what must be deleted: for
    pages 201 address, 202 invoice, 203 card, 204 microphone, 205 name and picture, 206 place,
    207 pictures; for mini programs other numbers.
    """

    openid: str = field(default="", name="OpenID")
    unionid: str = field(default="", name="UnionID")
    appid: str = field(default="", name="AppID")
    revoked: str = field(default="", name="RevokeInfo")
