"""The form of a product: what is in it, read as a product that can be saved."""

from collections.abc import Iterator
from itertools import count as upward

import msgspec
from litestar.datastructures import FormMultiDict

from jishi import goods
from jishi.goods import cells, desk
from jishi.goods.listed_terms import moment
from jishi.goods.rules import IMAGES_MAX, SKUS_MAX
from jishi.web.asked import number, text

AXES = (1, 2, 3)
BLANK_ROWS = 3


class Spoiled(msgspec.Struct):
    """Fields that cannot be read, by name, each with the reason's code."""

    fields: dict[str, str]


def product_of(
    form: FormMultiDict, known: desk.FormProduct | None
) -> tuple[goods.ListedProduct, Spoiled]:
    """Read the form; what it does not show of a known product stays as it is."""
    bad = Spoiled({})
    names = tuple(filter(None, (_text(form, f"option{axis}") for axis in AXES)))
    same_names = known is not None and tuple(known.option_names) == names
    tags = (each.strip() for each in _text(form, "tags").replace("，", ",").split(","))
    return goods.ListedProduct(
        line=0,
        handle=known.handle if known else _text(form, "handle"),
        title=_text(form, "title"),
        title_en=_text(form, "title_en"),
        body_html=text(form, "body_html").strip(),
        body_html_en=text(form, "body_html_en").strip(),
        category=_text(form, "category"),
        category_en="",
        vendor=_text(form, "vendor"),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        option_names=names,
        option_names_en=tuple(known.option_names_en) if known and same_names else (),
        state=_text(form, "state"),
        terms=_terms(form, bad),
        skus=tuple(_skus(form, len(names), known, bad)),
        images=tuple(_images(form)),
    ), bad


def _text(form: FormMultiDict, name: str) -> str:
    return " ".join(text(form, name).split())


def _terms(form: FormMultiDict, bad: Spoiled) -> goods.Terms:
    return_class, _, ground = _text(form, "returns").partition("/")
    begins, ends = (moment(_text(form, name)) for name in ("on_shelf_at", "on_shelf_until"))
    for name, found in (("on_shelf_at", begins), ("on_shelf_until", ends)):
        if _text(form, name) and found is None:
            bad.fields[name] = "time_unreadable"
    return goods.Terms(begins, ends, return_class, ground, _count(form, "person_max", bad))


def _skus(
    form: FormMultiDict, axes: int, known: desk.FormProduct | None, bad: Spoiled
) -> Iterator[goods.ListedSku]:
    before = {sku.sku_id: sku for sku in known.skus} if known else {}
    for row in range(SKUS_MAX):
        options = tuple(_text(form, f"s{row}.o{axis}") for axis in AXES[:axes])
        price = _text(form, f"s{row}.price")
        if text(form, f"s{row}.gone") or not (price or any(options)):
            continue
        old = before.get(number(text(form, f"s{row}.id"), 0))
        is_same = old is not None and tuple(old.options) == options
        compare = _text(form, f"s{row}.compare")
        yield goods.ListedSku(
            line=row,
            sku_id=old.sku_id if old else None,
            code=_text(form, f"s{row}.code"),
            options=options,
            options_en=tuple(old.options_en) if old and is_same else (),
            price_fen=_fen(price, f"s{row}.price", bad),
            compare_fen=_fen(compare, f"s{row}.compare", bad) if compare else None,
            on_hand=None if old else _count(form, f"s{row}.on_hand", bad),
            low_stock=_count(form, f"s{row}.low", bad) or 0,
            weight_grams=_count(form, f"s{row}.grams", bad) or 0,
        )


def _images(form: FormMultiDict) -> list[goods.ListedImage]:
    """Give the images that stay, in the order of their numbers."""
    found: list[tuple[int, int, goods.ListedImage]] = []
    for row in upward():
        source = text(form, f"i{row}.source")
        if not source or row >= IMAGES_MAX:
            break
        if not text(form, f"i{row}.gone"):
            place = number(text(form, f"i{row}.place"), row + 1)
            alts = (_text(form, f"i{row}.alt"), _text(form, f"i{row}.alt_en"))
            found.append((place, row, goods.ListedImage(source, *alts)))
    return [image for _, _, image in sorted(found, key=lambda each: each[:2])]


def _fen(said: str, name: str, bad: Spoiled) -> int:
    try:
        return cells.price_fen(said)
    except cells.BadCell as error:
        bad.fields[name] = str(error)
        return 0


def _count(form: FormMultiDict, name: str, bad: Spoiled) -> int | None:
    try:
        return cells.count(_text(form, name))
    except cells.BadCell as error:
        bad.fields[name] = str(error)
        return None
