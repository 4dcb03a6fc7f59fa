"""One zone of the freight: its places, its steps, its prices."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import trade
from jishi.goods.catalogue_file import yuan
from jishi.kernel import Refused
from jishi.kernel.act import Answer
from jishi.trade.freight_rules import DIVISIONS_MAX, Freight, Zone
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.console.settings.freight.overview import (
    PATH,
    cities_of_provinces,
    freight_now,
    name_of,
    seen,
    show_overview,
)
from jishi.web.console.settings.tabs import tabs
from jishi.web.console.settings.yuan import read_fen
from jishi.web.member import staff_of
from jishi.web.policy import staff

NEW = Zone([], is_served=True, first=1, first_fen=0, more=1, more_fen=0, free_from_fen=0)
CHANGED = Refused("freight_template_changed")
NOWHERE = Refused("freight_place_missing")
"""A zone without places is the rest of the country: nobody means that by choosing none."""

DISTRICT = 6


@get(f"{PATH}/zones/{{position:int}}", opt=staff("settings", is_in_a_shop=True))
async def zone(request: Asked, position: FromPath[int]) -> Response[bytes]:
    """Show a zone; 0 is a new one."""
    found = await freight_now(request)
    return show_zone(request, found, position, zone_at(found, position))


def zone_at(found: Freight | None, position: int) -> Zone:
    """Give the zone of a position; the new one at 0."""
    zones = found.zones if found else []
    if not 0 <= position <= len(zones):
        raise NotFoundException
    return zones[position - 1] if position else NEW


def show_zone(
    asked: Asked, found: Freight | None, position: int, shown: Zone,
    refused: Refused | None = None,
) -> Response[bytes]:  # fmt: skip
    """Show the form; after a refusal with the reason and what was filled in."""
    words = house(asked).engine.words[language_of(asked)]
    page = {
        "tabs": tabs(PATH, words), "position": position, "zone": shown,
        "charged_by": found.charged_by if found else "piece",
        "provinces": [
            (code, name, cities, any(each in shown.divisions for each, _city in cities))
            for code, name, cities in cities_of_provinces()
        ],
        "districts": [(each, name_of(each)) for each in shown.divisions if len(each) == DISTRICT],
        "first_price": yuan(shown.first_fen), "more_price": yuan(shown.more_fen),
        "free_from": yuan(shown.free_from_fen) if shown.free_from_fen else "",
        "is_rest": not shown.divisions, "seen": seen(found), "key": str(uuid4()),
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/settings/freight/zone.html", page, status=status)


@post(
    f"{PATH}/zones/{{position:int}}", opt=staff("settings", is_in_a_shop=True), status_code=303
)  # fmt: skip
async def save(request: Asked, position: FromPath[int]) -> Response[bytes]:
    """Save a zone: the template as a whole is set anew, what was before is kept."""
    form, found = await request.form(), await freight_now(request)
    zone_at(found, position)
    filled = zone_of_form(form)
    charged_by = text(form, "charged_by")
    zones = list(found.zones) if found else []
    zones[position - 1 if position else len(zones) :] = [
        filled, *(zones[position:] if position else [])
    ]  # fmt: skip
    is_nowhere = text(form, "where") != "rest" and not filled.divisions
    answer = NOWHERE if is_nowhere else await set_freight(request, form, found, charged_by, zones)
    if isinstance(answer, Refused):
        return show_zone(request, found, position, filled, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, PATH, _("运费已保存，新订单按它计算。"))


def zone_of_form(form: FormMultiDict) -> Zone:
    """Read a zone as it was filled in; what is no number is refused by its bounds."""
    chosen = [each for each in form.getall("division", []) if isinstance(each, str)]
    places = [] if text(form, "where") == "rest" else chosen[: DIVISIONS_MAX + 1]
    return Zone(
        places, is_served=text(form, "served") == "yes",
        first=number(text(form, "first"), 0), first_fen=read_fen(text(form, "first_price")),
        more=number(text(form, "more"), 0), more_fen=read_fen(text(form, "more_price")),
        free_from_fen=read_fen(text(form, "free_from")),
    )  # fmt: skip


async def set_freight(
    asked: Asked, form: FormMultiDict, found: Freight | None, charged_by: str, zones: list[Zone]
) -> Answer:
    """Ask for the template, unless somebody changed it meanwhile."""
    if text(form, "seen") != seen(found):
        return CHANGED
    member = staff_of(asked)
    return await house(asked).market.ask(
        trade.SetFreight(
            key=key_of(form), book=member.book, actor_id=member.staff_id, charged_by=charged_by,
            zones=tuple(zones),
        )
    )  # fmt: skip


@post(
    f"{PATH}/zones/{{position:int}}/removal", opt=staff("settings", is_in_a_shop=True),
    status_code=303,
)  # fmt: skip
async def remove(request: Asked, position: FromPath[int]) -> Response[bytes]:
    """Remove a zone; the last one stays."""
    form, found = await request.form(), await freight_now(request)
    if found is None or not 1 <= position <= len(found.zones):
        raise NotFoundException
    zones = [*found.zones[: position - 1], *found.zones[position:]]
    answer = (
        await set_freight(request, form, found, found.charged_by, zones)
        if zones else Refused("freight_last_zone")
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_overview(request, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, PATH, _("这条运费已删除。"))
