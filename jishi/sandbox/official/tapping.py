"""A person taps a button of an account's menu."""

from msgspec import Struct

from jishi.kernel import Tx
from jishi.sandbox.articles.media_kinds import medium_kind
from jishi.sandbox.articles.reading import article_pieces
from jishi.sandbox.official.chat import REPLY, Content, say
from jishi.sandbox.official.meeting import Meeting, Undone, meet
from jishi.sandbox.official.menu_rules import Button, tapped
from jishi.sandbox.official.menus import menu_of
from jishi.sandbox.official.push import IN_CHAT, SILENT, push_event
from jishi.sandbox.official.push_text import Fields, Rows
from jishi.sandbox.official.windows import MENU, open_window

OPENS_WINDOW = {"click", "scancode_push", "scancode_waitmsg"}
SCANS = {"scancode_push", "scancode_waitmsg"}
PICTURES = {"pic_sysphoto", "pic_photo_or_album", "pic_weixin"}


class Tapped(Struct, frozen=True):
    """What a tap leads to: `url` for a page, `appid` and `page` for a mini program."""

    type: str
    url: str = ""
    appid: str = ""
    page: str = ""


async def tap_menu(
    tx: Tx, person_id: int, appid: str, place: str, given: str = ""
) -> Tapped | Undone:
    """Tap a button by its place ("1", "1.0"), key or name; `given` is what was scanned or sent."""
    found = await meet(tx, person_id, appid, must_follow=True)
    if isinstance(found, Undone):
        return found
    buttons = await menu_of(tx, appid, person_id=person_id)
    if not buttons:
        return Undone("no_menu")
    button = tapped(buttons, place)
    if button is None:
        return Undone("no_button")
    if button.type in OPENS_WINDOW:
        await open_window(tx, found.account, person_id, MENU)
    if button.type in {"media_id", "article_id", "article_view_limited"}:
        await _answer_at_once(tx, found, button)
    else:
        event, fields = _event(button, given)
        where = IN_CHAT if button.type in {"click", "scancode_waitmsg"} else SILENT
        await push_event(
            tx, found.account, found.openid, event, fields, person_id=person_id, where=where
        )
    return Tapped(button.type, button.url, button.appid, button.pagepath)


def _event(button: Button, given: str) -> tuple[str, Fields]:
    if button.type == "click":
        return "CLICK", (("EventKey", button.key),)
    if button.type == "view":
        return "VIEW", (("EventKey", button.url), ("MenuId", "0"))
    if button.type == "miniprogram":
        return "view_miniprogram", (("EventKey", button.pagepath), ("MenuId", "0"))
    key: Fields = (("EventKey", button.key),)
    if button.type in SCANS:
        scanned: Fields = (("ScanType", "qrcode"), ("ScanResult", given))
        return button.type, (*key, ("ScanCodeInfo", scanned))
    if button.type in PICTURES:
        digest: Fields = (("PicMd5Sum", given),)
        items: Fields = (("item", Rows((digest,))),)
        sent: Fields = (("Count", 1), ("PicList", items))
        return button.type, (*key, ("SendPicsInfo", sent))
    latitude, _, longitude = given.partition(",")
    place: Fields = (
        ("Location_X", latitude), ("Location_Y", longitude), ("Scale", "16"), ("Label", ""),
        ("Poiname", ""),
    )  # fmt: skip
    return button.type, (*key, ("SendLocationInfo", place))


async def _answer_at_once(tx: Tx, found: Meeting, button: Button) -> None:
    appid = found.account.appid
    if button.type == "media_id":
        kind = await medium_kind(tx, appid, button.media_id)
        content = Content(media_id=button.media_id)
        await say(tx, appid, found.person_id, REPLY, kind or "image", content)
        return
    pieces = await article_pieces(tx, appid, button.article_id)
    await say(tx, appid, found.person_id, REPLY, "news", Content(pieces=pieces))
