"""Freight at a glance: each zone with its price, and what an address would cost."""

from hashlib import sha256

import msgspec
from litestar import Response, get

from jishi.kernel import Refused
from jishi.pages.formats import price
from jishi.pages.words import Words
from jishi.people import divisions
from jishi.trade import freight as freights
from jishi.trade.freight_rules import Freight, Zone, freight_of
from jishi.trade.types import Destination
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.console.frame import show_console
from jishi.web.console.settings.tabs import tabs
from jishi.web.console.settings.yuan import read_fen
from jishi.web.member import staff_of
from jishi.web.policy import staff

PATH = "/console/settings/freight"
NAMES_SHOWN = 6


@get(PATH, opt=staff("settings", is_in_a_shop=True))
async def overview(request: Asked) -> Response[bytes]:
    """Show the zones, and the price for an address that is asked about."""
    return await show_overview(request)


async def show_overview(asked: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the page; after a refusal with the reason."""
    found, words = await freight_now(asked), house(asked).engine.words[language_of(asked)]
    zones = found.zones if found else []
    page = {
        "tabs": tabs(PATH, words),
        "zones": [
            (position, places_said(each, words), price_said(found, each, words))
            for position, each in enumerate(zones, start=1)
            if found
        ],
        "has_rest": any(not each.divisions for each in zones),
        "is_set": found is not None,
        "provinces": cities_of_provinces(),
        "tried": tried(asked, found, words),
        "notice": notice(asked, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/settings/freight/overview.html", page, status=status)


async def freight_now(asked: Asked) -> Freight | None:
    """Give the template of the member's shop."""
    found = await house(asked).market.look(freights.current, books=[staff_of(asked).book])
    return Freight(found[0].charged_by, found[0].zones) if found else None


def seen(found: Freight | None) -> str:
    """Name a template as it was seen, so that nobody overwrites what he did not see."""
    return sha256(msgspec.json.encode(found)).hexdigest()[:32]


def cities_of_provinces() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Give each province with its cities, by the digits that begin their codes."""
    return [
        (code[:2], name, [(each[:4], city) for each, city in divisions.within(code)])
        for code, name in divisions.within("")
    ]


def name_of(prefix: str) -> str:
    """Name a province, a city or a district."""
    names = divisions.names_of(prefix.ljust(6, "0"))
    return "".join(dict.fromkeys(names)) or prefix


def places_said(zone: Zone, words: Words) -> str:
    """Say where a zone is."""
    _ = words.say
    if not zone.divisions:
        return _("其余地区")
    names = "、".join(map(name_of, zone.divisions[:NAMES_SHOWN]))
    more = len(zone.divisions) - NAMES_SHOWN
    return _("{names} 等 {n} 处", names=names, n=len(zone.divisions)) if more > 0 else names


def price_said(found: Freight, zone: Zone, words: Words) -> str:
    """Say what delivery to a zone costs."""
    _ = words.say
    if not zone.is_served:
        return _("不配送")
    if not zone.first_fen and not zone.more_fen:
        return _("包邮")
    kind = {"first": zone.first, "more": zone.more,
            "first_price": price(zone.first_fen), "more_price": price(zone.more_fen)}  # fmt: skip
    said = (
        _("首 {first} 件 {first_price}，每加 {more} 件 {more_price}", **kind)
        if found.charged_by == "piece"
        else _("首 {first} 克 {first_price}，每加 {more} 克 {more_price}", **kind)
    )
    free = _("；满 {price} 包邮", price=price(zone.free_from_fen)) if zone.free_from_fen else ""
    return said + free


def tried(asked: Asked, found: Freight | None, words: Words) -> dict[str, str]:
    """Give what the member asked about, and what it would cost."""
    _, query = words.say, asked.query_params
    place = query.get("place", "")[:6]
    filled = {name: query.get(name, default)[:12] for name, default in
              (("pieces", "1"), ("grams", "500"), ("goods", "100"))}  # fmt: skip
    said = ""
    if place:
        charge = freight_of(
            found, Destination(delivery="parcel", division=place.ljust(6, "0")),
            pieces=max(1, min(number(filled["pieces"], 1), 9_999)),
            grams=min(number(filled["grams"], 0), 1_000_000),
            goods_fen=max(0, read_fen(filled["goods"])),
        )  # fmt: skip
        where = name_of(place)
        said = (
            _("{where}：不配送", where=where) if charge is None
            else _("{where}：运费 {price}", where=where, price=price(charge.fen))
        )  # fmt: skip
    return {**filled, "place": place, "said": said}
