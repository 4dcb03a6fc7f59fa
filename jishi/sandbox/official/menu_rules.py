"""What a menu may be: three buttons, five under each, names and keys of bounded length.

Source: official accounts, "Custom menu creation interface" and "Personalised menu interface".
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

BAD_MENU, BAD_COUNT, BAD_TYPE, BAD_NAME, BAD_KEY, BAD_URL = 40015, 40016, 40017, 40018, 40019, 40020
TOO_DEEP, BAD_SUB_COUNT, BAD_SUB_TYPE = 40022, 40023, 40024
BAD_SUB_NAME, BAD_SUB_KEY, BAD_SUB_URL = 40025, 40026, 40027
BAD_SUB_DOMAIN, BAD_DOMAIN, NO_SUB, BAD_MEDIA = 40054, 40055, 41007, 40007
BAD_WEAPP, TOO_MANY_DOMAINS = 45064, 65316
BUTTONS_MAX, SUB_BUTTONS_MAX, DOMAINS_MAX = 3, 5, 3
NAME_BYTES_MAX, SUB_NAME_BYTES_MAX, KEY_BYTES_MAX, URL_BYTES_MAX = 16, 60, 128, 1024

BY_KEY = {
    "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album",
    "pic_weixin", "location_select",
}  # fmt: skip
BY_MEDIA, BY_ARTICLE = {"media_id"}, {"article_id", "article_view_limited"}
TYPES = BY_KEY | BY_MEDIA | BY_ARTICLE | {"view", "miniprogram"}


class Button(Struct, frozen=True, omit_defaults=True):
    """A button, or a heading with buttons under it."""

    name: str = ""
    type: str = ""
    key: str = ""
    url: str = ""
    media_id: str = ""
    article_id: str = ""
    appid: str = ""
    pagepath: str = ""
    sub_button: list["Button"] = []


def reason_against(buttons: list[Button]) -> int | None:
    """Give the number of the first reason not to take this menu, or none."""
    if not 1 <= len(buttons) <= BUTTONS_MAX:
        return BAD_COUNT
    for button in buttons:
        if refused := _reason_against_button(button):
            return refused
    return None


def _reason_against_button(button: Button) -> int | None:  # noqa: PLR0911 - one a reason
    if not button.name or len(button.name.encode()) > NAME_BYTES_MAX:
        return BAD_NAME
    if not button.sub_button:
        return _reason_against_leaf(button, is_sub=False)
    if len(button.sub_button) > SUB_BUTTONS_MAX:
        return BAD_SUB_COUNT
    for sub in button.sub_button:
        if sub.sub_button:
            return TOO_DEEP
        if not sub.name or len(sub.name.encode()) > SUB_NAME_BYTES_MAX:
            return BAD_SUB_NAME
        if refused := _reason_against_leaf(sub, is_sub=True):
            return refused
    return None


def _reason_against_leaf(button: Button, *, is_sub: bool) -> int | None:  # noqa: PLR0911 - one a reason
    if button.type not in TYPES:
        return BAD_SUB_TYPE if is_sub else BAD_TYPE
    if button.type in BY_KEY and not 1 <= len(button.key.encode()) <= KEY_BYTES_MAX:
        return BAD_SUB_KEY if is_sub else BAD_KEY
    if button.type in BY_MEDIA and not button.media_id:
        return BAD_MEDIA
    if button.type in BY_ARTICLE and not button.article_id:
        return BAD_MEDIA
    if button.type in {"view", "miniprogram"}:
        if refused := _reason_against_url(button.url, is_sub=is_sub):
            return refused
    if button.type == "miniprogram" and not (button.appid and button.pagepath):
        return BAD_WEAPP
    return None


def _reason_against_url(url: str, *, is_sub: bool) -> int | None:
    if not 1 <= len(url.encode()) <= URL_BYTES_MAX:
        return BAD_SUB_URL if is_sub else BAD_URL
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return BAD_SUB_DOMAIN if is_sub else BAD_DOMAIN
    return None


def leaves(buttons: list[Button]) -> Iterator[Button]:
    """Give the buttons that can be tapped, in order."""
    for button in buttons:
        yield from button.sub_button or [button]


def domains(buttons: list[Button]) -> set[str]:
    """Give the domains that a menu leads out to."""
    return {urlsplit(each.url).hostname or "" for each in leaves(buttons) if each.type == "view"}


def tapped(buttons: list[Button], place: str) -> Button | None:
    """Find a button by its place, "1" or "1.0" counted from zero; else by its key or its name."""
    first, _, second = place.partition(".")
    if first.isdigit() and int(first) < len(buttons):
        button = buttons[int(first)]
        if not second:
            return None if button.sub_button else button
        is_there = second.isdigit() and int(second) < len(button.sub_button)
        return button.sub_button[int(second)] if is_there else None
    return next((each for each in leaves(buttons) if place in {each.key, each.name}), None)
