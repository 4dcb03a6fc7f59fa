"""Menus: the one for everybody, and those for fans with a tag or a kind of phone."""

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Answered, Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.chat import as_json
from jishi.sandbox.official.menu_rules import (
    DOMAINS_MAX,
    TOO_MANY_DOMAINS,
    Button,
    domains,
    leaves,
    reason_against,
)
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.rights import service
from jishi.sandbox.reading import number

CREATE, DELETE = "/cgi-bin/menu/create", "/cgi-bin/menu/delete"
ESCAPED, NO_MENU, NO_MENUID, NO_DEFAULT, NO_RULE = 40033, 46003, 65301, 65303, 65304
TOO_MANY, EMPTY, BAD_MEDIA, NO_PERSON = 65305, 65307, 40007, 65302
CONDITIONAL_MAX = 100
PLATFORMS = {"", "1", "2", "3"}
ANDROID = "2"
"""What the phone here passes for."""


class MatchRule(Lenient, frozen=True, omit_defaults=True):
    """For whom a menu is; sex, region and language are matched no more."""

    tag_id: str = ""
    client_platform_type: str = ""


class MenuAsked(Lenient, frozen=True):
    """A menu."""

    button: list[Button] = []
    matchrule: MatchRule | None = None


class MenuId(Struct, frozen=True):
    """The number of a conditional menu."""

    menuid: str


class ByMenuId(Lenient, frozen=True):
    """A conditional menu, by its number."""

    menuid: str | int = ""


class ByPerson(Lenient, frozen=True):
    """Whose menu."""

    user_id: str = ""


class Menu(Answered, frozen=True):
    """A menu as it is told."""

    button: list[Button]
    menuid: int | None = None
    matchrule: MatchRule | None = None


class Menus(Answered, frozen=True):
    """All menus."""

    menu: Menu
    conditionalmenu: list[Menu] = []


class Fitting(Struct, frozen=True):
    """The menu that a person sees."""

    button: list[Button]


class SubButtons(Struct, frozen=True):
    """The buttons under a heading."""

    list: list[Button]


class SelfButton(Answered, frozen=True):
    """A button as the settings tell it; those under a heading stand in a list of their own."""

    name: str
    type: str = ""
    key: str = ""
    url: str = ""
    sub_button: SubButtons | None = None


class SelfButtons(Struct, frozen=True):
    """The buttons in the settings."""

    button: list[SelfButton]


class SelfMenu(Answered, frozen=True):
    """The menu in the settings, and whether it is shown."""

    is_menu_open: int
    selfmenu_info: SelfButtons | None = None


class Kept(Struct, frozen=True):
    """A menu as it is kept."""

    menu_id: int
    is_conditional: bool
    tag_id: int | None
    client_platform: str
    buttons: list[Button]


class MenuNumber(Struct, frozen=True):
    """The number of a menu."""

    menu_id: int


class MediaId(Struct, frozen=True):
    """A medium that is there."""

    media_id: str


sql = queries(__file__)
all_menus = sql.many("all_menus", Kept)
put_menu = sql.run("put_menu")
add_conditional = sql.one("add_conditional", MenuNumber)
drop_menus = sql.run("drop_menus")
drop_conditional = sql.one("drop_conditional", MenuNumber)
menus_for = sql.many("menus_for", Kept)
kept_media = sql.many("kept_media", MediaId)
platform_known = frozenset(PLATFORMS)


@service("POST", CREATE)
async def create(call: OfficialCall, asked: MenuAsked) -> Errcode | None:
    """Set the menu for everybody."""
    if refused := await _reason_against(call, asked):
        return Errcode(refused)
    if refusal := await spend_call(call, CREATE):
        return refusal
    await put_menu(call.tx, appid=call.account.appid, buttons=as_json(asked.button))
    return None


@service("GET", "/cgi-bin/menu/get")
async def tell(call: OfficialCall) -> Menus | Errcode:
    """Tell all menus."""
    kept = await all_menus(call.tx, appid=call.account.appid)
    own = next((each for each in kept if not each.is_conditional), None)
    if own is None:
        return Errcode(NO_MENU)
    others = [each for each in kept if each.is_conditional]
    return Menus(
        Menu(own.buttons, own.menu_id if others else None),
        [Menu(each.buttons, each.menu_id, _rule(each)) for each in others],
    )


@service("GET", DELETE)
async def delete(call: OfficialCall) -> Errcode | None:
    """Delete all menus, the conditional ones too."""
    if refusal := await spend_call(call, DELETE):
        return refusal
    await drop_menus(call.tx, appid=call.account.appid)
    return None


@service("POST", "/cgi-bin/menu/addconditional")
async def create_conditional(call: OfficialCall, asked: MenuAsked) -> MenuId | Errcode:  # noqa: PLR0911 - one a reason
    """Add a menu for some; the newest that fits a person is shown."""
    kept = await all_menus(call.tx, appid=call.account.appid)
    if not any(not each.is_conditional for each in kept):
        return Errcode(NO_DEFAULT)
    rule = asked.matchrule or MatchRule()
    if not (rule.tag_id or rule.client_platform_type):
        return Errcode(NO_RULE)
    if not asked.button:
        return Errcode(EMPTY)
    if refused := await _reason_against(call, asked):
        return Errcode(refused)
    if len(domains(asked.button)) > DOMAINS_MAX:
        return Errcode(TOO_MANY_DOMAINS)
    if len(kept) > CONDITIONAL_MAX:
        return Errcode(TOO_MANY)
    is_number = rule.tag_id.isascii() and rule.tag_id.isdigit()
    if (rule.tag_id and not is_number) or rule.client_platform_type not in platform_known:
        return Errcode(NO_RULE)
    made = await add_conditional(
        call.tx, appid=call.account.appid, buttons=as_json(asked.button),
        tag_id=int(rule.tag_id) if rule.tag_id else None,
        client_platform=rule.client_platform_type,
    )  # fmt: skip
    assert made is not None
    return MenuId(str(made.menu_id))


@service("POST", "/cgi-bin/menu/delconditional")
async def delete_conditional(call: OfficialCall, asked: ByMenuId) -> Errcode | None:
    """Delete a conditional menu."""
    menu_id = number(str(asked.menuid))
    found = menu_id and await drop_conditional(call.tx, appid=call.account.appid, menu_id=menu_id)
    return None if found else Errcode(NO_MENUID)


@service("POST", "/cgi-bin/menu/trymatch")
async def try_match(call: OfficialCall, asked: ByPerson) -> Fitting | Errcode:
    """Tell which menu a fan sees."""
    buttons = await menu_of(call.tx, call.account.appid, openid=asked.user_id)
    return Fitting(buttons) if buttons else Errcode(NO_PERSON)


@service("GET", "/cgi-bin/get_current_selfmenu_info")
async def tell_own(call: OfficialCall) -> SelfMenu:
    """Tell the menu in the settings, however it was set."""
    kept = await all_menus(call.tx, appid=call.account.appid)
    own = next((each for each in kept if not each.is_conditional), None)
    if own is None:
        return SelfMenu(0)
    return SelfMenu(1, SelfButtons([_self_button(each) for each in own.buttons]))


async def menu_of(
    tx: Tx, appid: str, *, openid: str = "", person_id: int = 0
) -> list[Button] | None:
    """Give the menu that a person sees, by openid or by id; none when there is none."""
    found = await menus_for(tx, appid=appid, openid=openid, person_id=person_id, platform=ANDROID)
    return found[0].buttons if found else None


async def _reason_against(call: OfficialCall, asked: MenuAsked) -> int | None:
    if b"\\u" in call.body:
        return ESCAPED
    if refused := reason_against(asked.button):
        return refused
    media = {each.media_id for each in leaves(asked.button) if each.type == "media_id"}
    known = await kept_media(call.tx, appid=call.account.appid, media_ids=sorted(media))
    return BAD_MEDIA if len(known) < len(media) else None


def _rule(kept: Kept) -> MatchRule:
    return MatchRule("" if kept.tag_id is None else str(kept.tag_id), kept.client_platform)


def _self_button(button: Button) -> SelfButton:
    subs = SubButtons(button.sub_button) if button.sub_button else None
    return SelfButton(button.name, button.type, button.key, button.url, subs)
