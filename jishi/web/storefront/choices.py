"""A product's choices: its options as axes, and which SKU a choice names."""

from collections.abc import Mapping, Sequence

import msgspec

from jishi.goods.views import ProductPage, Sku
from jishi.pages.formats import price
from jishi.pages.words import Words

FEW = 5
"""So many left are few: the shopper is told the number."""


class Value(msgspec.Struct, frozen=True):
    """A value of an option, as a chip."""

    key: str
    name: str
    is_chosen: bool
    is_gone: bool


class Axis(msgspec.Struct, frozen=True):
    """An option with its values."""

    number: int
    name: str
    values: list[Value]


class Offer(msgspec.Struct, frozen=True):
    """What the chosen SKU costs, and whether it is there."""

    price_fen: int
    compare_fen: int | None
    stock: str
    tone: str


def first_choice(skus: Sequence[Sku], wanted: Sequence[str] = ()) -> Sku | None:
    """Give what stands chosen at first: what was wanted, or else the first that is there."""
    if wanted and (found := resolve(skus, wanted)):
        return found
    return next((sku for sku in skus if sku.free > 0), skus[0] if skus else None)


def resolve(skus: Sequence[Sku], wanted: Sequence[str]) -> Sku | None:
    """Give the SKU of these option values."""
    return next((sku for sku in skus if list(sku.options) == list(wanted)), None)


def wanted_of(query: Mapping[str, str], axes_count: int) -> list[str]:
    """Read the chosen option values of a form."""
    return [query.get(f"o{number}", "") for number in range(axes_count)]


def names_of(sku: Sku, words: Words) -> list[str]:
    """Give a SKU's options in the reader's language."""
    english = sku.options_en or [""] * len(sku.options)
    return [words.pick(*pair) for pair in zip(sku.options, english, strict=False)]


def axes_of(page: ProductPage, chosen: Sequence[str], words: Words) -> list[Axis]:
    """Give the options of a product, with what is chosen and what is gone."""
    english = page.option_names_en or [""] * len(page.option_names)
    axes = []
    for number, name in enumerate(page.option_names):
        names: dict[str, str] = {}
        there = set()
        for sku in page.skus:
            key = sku.options[number]
            names.setdefault(key, names_of(sku, words)[number])
            if sku.free > 0:
                there.add(key)
        values = [
            Value(key, shown, key == chosen[number], key not in there)
            for key, shown in names.items()
        ]
        axes.append(Axis(number, words.pick(name, english[number]), values))
    return axes


def offer_of(sku: Sku, words: Words) -> Offer:
    """Give what a SKU costs and how much of it is there, in words."""
    _ = words.say
    if sku.free <= 0:
        stock, tone = _("售罄"), ""
    elif sku.free <= FEW:
        stock, tone = _("仅剩 {n} 件", n=sku.free), "warm"
    else:
        stock, tone = _("有货"), "good"
    return Offer(sku.price_fen, sku.compare_fen, stock, tone)


def for_script(skus: Sequence[Sku], words: Words) -> str:
    """Give the choices to the page's script: keys, price in two parts, struck price, stock."""
    rows = []
    for sku in skus:
        offer = offer_of(sku, words)
        yuan, _, rest = price(sku.price_fen)[1:].partition(".")
        struck = price(offer.compare_fen) if offer.compare_fen else ""
        row = (sku.options, yuan, f".{rest}", struck, offer.stock, max(sku.free, 0), offer.tone)
        rows.append(row)
    return msgspec.json.encode(rows).decode()
