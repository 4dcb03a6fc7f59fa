"""The stores of a shop: their list, and a form for one, new or known."""

from decimal import Decimal, InvalidOperation
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import goods
from jishi.goods import opening
from jishi.goods.save_store import (
    NAME_CHARACTERS_MAX,
    PHONE_CHARACTERS_MAX,
    WHERE_CHARACTERS_MAX,
)
from jishi.goods.stores import StoreRow
from jishi.kernel import Refused, new_id
from jishi.pages.words import Words
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff

SETTINGS = staff("settings", is_in_a_shop=True)
MICRO = 1_000_000
UNCLEAR = 2**31 - 1
"""Of a position that is no number: on no earth, so that it is refused with its reason."""


@get("/console/stores", opt=SETTINGS)
async def stores(request: Asked) -> Response[bytes]:
    """Show the stores of the shop."""
    found = await stores_of(request)
    return show_console(request, "console/stores/list.html", {"stores": found})


@get("/console/stores/new", opt=SETTINGS)
async def new_store(request: Asked) -> Response[bytes]:
    """Ask for the facts of a new store."""
    row = StoreRow(new_id(), "", "", "", "", [""] * opening.DAYS, None, None)
    return show_form(request, row, is_new=True)


@get("/console/stores/{store_id:int}", opt=SETTINGS)
async def store(request: Asked, store_id: FromPath[int]) -> Response[bytes]:
    """Show a store's facts, to be changed."""
    found = next((each for each in await stores_of(request) if each.store_id == store_id), None)
    if found is None:
        raise NotFoundException
    return show_form(request, found)


@post("/console/stores", opt=SETTINGS, status_code=303)
async def open_store(request: Asked) -> Response[bytes]:
    """Open a store under the id that its form was made with: pressed twice it is one."""
    form = await request.form()
    return await save_store(request, number(text(form, "store_id"), 0), form)


@post("/console/stores/{store_id:int}", opt=SETTINGS, status_code=303)
async def save(request: Asked, store_id: FromPath[int]) -> Response[bytes]:
    """Save a store that is there."""
    if store_id not in {each.store_id for each in await stores_of(request)}:
        raise NotFoundException
    return await save_store(request, store_id, await request.form())


async def save_store(request: Asked, store_id: int, form: FormMultiDict) -> Response[bytes]:
    """Save what the form says; a refusal shows the form as it was filled in."""
    member = staff_of(request)
    week = [opening.read(text(form, f"day{day}")) for day in range(opening.DAYS)]
    filled = StoreRow(
        store_id, text(form, "name").strip(), text(form, "name_en").strip(),
        text(form, "whereabouts").strip(), text(form, "phone").strip(), week,
        micro(text(form, "latitude")), micro(text(form, "longitude")),
    )  # fmt: skip
    asked = goods.SaveStore(
        key=key_of(form), book=member.book, actor_id=member.staff_id, store_id=store_id,
        name=filled.name, name_en=filled.name_en, whereabouts=filled.whereabouts,
        phone=filled.phone, hours=tuple(week) if any(week) else (),
        latitude_micro=filled.latitude_micro, longitude_micro=filled.longitude_micro,
    )  # fmt: skip
    answer = await house(request).market.ask(asked)
    if isinstance(answer, Refused):
        is_new = store_id not in {each.store_id for each in await stores_of(request)}
        return show_form(request, filled, answer, is_new=is_new)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, "/console/stores", _("门店已保存。"))


async def stores_of(request: Asked) -> list[StoreRow]:
    """Read the stores of the shop where the member works."""
    return await house(request).market.look(goods.stores.of_shop, book=staff_of(request).book)


def show_form(
    request: Asked, row: StoreRow, refused: Refused | None = None, *, is_new: bool = False
) -> Response[bytes]:
    """Show the form of a store."""
    words = house(request).engine.words[language_of(request)]
    week = row.hours or [""] * opening.DAYS
    shown = {
        "store": msgspec.structs.replace(row, hours=week),
        "week": list(zip(days(words), week, strict=True)),
        "latitude": degrees(row.latitude_micro), "longitude": degrees(row.longitude_micro),
        "name_max": NAME_CHARACTERS_MAX, "where_max": WHERE_CHARACTERS_MAX,
        "phone_max": PHONE_CHARACTERS_MAX, "is_new": is_new, "key": str(uuid4()),
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(request, "console/stores/form.html", shown, status=status)


def days(words: Words) -> list[str]:
    """Name the days of a week, from Monday on."""
    _ = words.say
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def micro(typed: str) -> int | None:
    """Read degrees as millionths; what is no number is on no earth."""
    if not typed.strip():
        return None
    try:
        return int(Decimal(typed.strip()) * MICRO)
    except (InvalidOperation, ValueError, OverflowError):
        return UNCLEAR


def degrees(micros: int | None) -> str:
    """Write millionths as degrees."""
    return "" if micros is None or abs(micros) == UNCLEAR else f"{Decimal(micros) / MICRO:f}"
