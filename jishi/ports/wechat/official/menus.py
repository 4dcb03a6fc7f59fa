"""The menu under the chat: up to 3 buttons, each with up to 5 below it, for all or for some.

Source: official accounts, "Custom menus", "Conditional menus". Phones show a change after minutes.
"""

from collections.abc import Sequence

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within

BUTTONS_MAX, BELOW_MAX = 3, 5
NAME_BYTES_MAX, NAME_BELOW_BYTES_MAX = 16, 60
KEY_BYTES_MAX, URL_BYTES_MAX = 128, 1_024


class Button(Struct, frozen=True, omit_defaults=True):
    """A button; `type` says what it does, and which of the other fields it needs.

    click, scancode_push, scancode_waitmsg, pic_sysphoto, pic_photo_or_album, pic_weixin,
    location_select: `key`. view: `url`. miniprogram: `appid`, `pagepath`, and `url` for old
    phones. media_id: `media_id`. article_id, article_view_limited: `article_id`. One with buttons
    below it has no type.
    """

    name: str
    type: str = ""
    key: str = ""
    url: str = ""
    appid: str = ""
    pagepath: str = ""
    media_id: str = ""
    article_id: str = ""
    below: tuple["Button", ...] = field(default=(), name="sub_button")


class Audience(Struct, frozen=True, omit_defaults=True):
    """Who sees a conditional menu; `platform` is 1 for iOS, 2 for Android, 3 for others."""

    tag_id: str = ""
    platform: str = field(default="", name="client_platform_type")


class Menu(Struct, frozen=True):
    """A menu as it is kept."""

    buttons: tuple[Button, ...] = field(default=(), name="button")
    menu_id: int = field(default=0, name="menuid")
    audience: Audience | None = field(default=None, name="matchrule")


class Menus(Struct, frozen=True):
    """The menu of everybody, and those of some."""

    menu: Menu
    conditional: tuple[Menu, ...] = field(default=(), name="conditionalmenu")


class ShownButtons(Struct, frozen=True):
    """The buttons below one."""

    buttons: tuple["ShownButton", ...] = field(default=(), name="list")


class ShownButton(Struct, frozen=True):
    """A button however it was made, here or on WeChat's website; `value` with text and media."""

    name: str = ""
    type: str = ""
    key: str = ""
    url: str = ""
    value: str = ""
    below: ShownButtons = field(default=ShownButtons(), name="sub_button")


class ShownMenu(Struct, frozen=True):
    """The buttons people see."""

    buttons: tuple[ShownButton, ...] = field(default=(), name="button")


class Shown(Struct, frozen=True):
    """Whether there is a menu, and which."""

    is_open: bool = field(default=False, name="is_menu_open")
    menu: ShownMenu = field(default=ShownMenu(), name="selfmenu_info")


class _Making(Struct, frozen=True, omit_defaults=True):
    button: Sequence[Button]
    matchrule: Audience | None = None


class _MenuId(Struct, frozen=True):
    menuid: int


class _Deleting(Struct, frozen=True):
    menuid: str


class _Who(Struct, frozen=True):
    user_id: str


async def create(account: Account, buttons: Sequence[Button]) -> None:
    """Replace the menu of everybody. ErrcodeAnswered: 40015 to 40027, 65316, 65317."""
    _check(buttons)
    await account.post("/cgi-bin/menu/create", _Making(buttons), Done, is_repeatable=True)


async def kept(account: Account) -> Menus:
    """Give the menus that were made through the interface. ErrcodeAnswered: 46003 none."""
    return await account.get("/cgi-bin/menu/get", Menus)


async def shown(account: Account) -> Shown:
    """Give the menu that everybody sees, wherever it was made."""
    return await account.get("/cgi-bin/get_current_selfmenu_info", Shown)


async def delete(account: Account) -> None:
    """Delete the menu of everybody, and with it the conditional ones."""
    await account.get("/cgi-bin/menu/delete", Done)


async def add_conditional(account: Account, buttons: Sequence[Button], audience: Audience) -> int:
    """Add a menu for some, and give its id. ErrcodeAnswered: 65303 there is none for everybody."""
    _check(buttons)
    body = _Making(buttons, audience)
    return (await account.post("/cgi-bin/menu/addconditional", body, _MenuId)).menuid


async def delete_conditional(account: Account, menu_id: int) -> None:
    """Delete a menu for some. ErrcodeAnswered: 65301 there is none."""
    await account.post("/cgi-bin/menu/delconditional", _Deleting(str(menu_id)), Done)


async def try_for(account: Account, openid: str) -> tuple[Button, ...]:
    """Give the buttons that one person sees."""
    path = "/cgi-bin/menu/trymatch"
    return (await account.post(path, _Who(openid), Menu, is_repeatable=True)).buttons


def _check(buttons: Sequence[Button]) -> None:
    within("buttons", len(buttons), BUTTONS_MAX, 1)
    for button in buttons:
        within("name", len(button.name.encode()), NAME_BYTES_MAX, 1)
        within("buttons below", len(button.below), BELOW_MAX)
        for each in (button, *button.below):
            within("name", len(each.name.encode()), NAME_BELOW_BYTES_MAX, 1)
            within("key", len(each.key.encode()), KEY_BYTES_MAX)
            within("url", len(each.url.encode()), URL_BYTES_MAX)
