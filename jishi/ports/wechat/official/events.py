"""The events this port has a type for, by WeChat's name for them."""

from typing import TypeAlias

from msgspec import Struct

from jishi.ports.wechat.official.deeds import (
    AuthorizationChanged,
    ChatEntered,
    CodeScanned,
    Followed,
    MenuLinkOpened,
    MenuTapped,
    NoticesAnswered,
    NoticesChanged,
    PicturesPicked,
    PlacePicked,
    PlaceReported,
    Scanned,
    Unfollowed,
)
from jishi.ports.wechat.official.reports import (
    BroadcastSent,
    NoticeSent,
    OrderSettled,
    Published,
    Punished,
    TemplateSent,
    TradeReminder,
)


class Unknown(Struct, frozen=True):
    """Something this port has no type for; the push keeps its fields."""


Event: TypeAlias = (
    Followed | Unfollowed | Scanned | PlaceReported | MenuTapped | MenuLinkOpened | CodeScanned
    | PicturesPicked | PlacePicked | ChatEntered | TemplateSent | BroadcastSent | Published
    | NoticesAnswered | NoticesChanged | NoticeSent | AuthorizationChanged | TradeReminder
    | OrderSettled | Punished
)  # fmt: skip

EVENTS: dict[str, type[Event]] = {
    "subscribe": Followed,
    "unsubscribe": Unfollowed,
    "SCAN": Scanned,
    "LOCATION": PlaceReported,
    "CLICK": MenuTapped,
    "VIEW": MenuLinkOpened,
    "view_miniprogram": MenuLinkOpened,
    "scancode_push": CodeScanned,
    "scancode_waitmsg": CodeScanned,
    "pic_sysphoto": PicturesPicked,
    "pic_photo_or_album": PicturesPicked,
    "pic_weixin": PicturesPicked,
    "location_select": PlacePicked,
    "user_enter_tempsession": ChatEntered,
    "TEMPLATESENDJOBFINISH": TemplateSent,
    "MASSSENDJOBFINISH": BroadcastSent,
    "PUBLISHJOBFINISH": Published,
    "subscribe_msg_popup_event": NoticesAnswered,
    "subscribe_msg_change_event": NoticesChanged,
    "subscribe_msg_sent_event": NoticeSent,
    "user_authorization_revoke": AuthorizationChanged,
    "user_authorization_cancellation": AuthorizationChanged,
    "user_info_modified": AuthorizationChanged,
    "trade_manage_remind_access_api": TradeReminder,
    "trade_manage_remind_shipping": TradeReminder,
    "trade_manage_order_settlement": OrderSettled,
    "wxa_punish_event": Punished,
}
"""By Event, spelled as WeChat spells it."""
