"""The rules of a listed product: what a list may say, so that the tables can take all of it."""

from collections.abc import Iterator

from jishi.goods.cells import COUNT_MAX, PRICE_FEN_MAX, shortened
from jishi.goods.lists import ListedProduct, ListedSku, Rejection, Terms
from jishi.goods.sanitise import is_bearable

PRODUCTS_MAX = 20_000
SKUS_MAX = 100
IMAGES_MAX = 250
OPTIONS_MAX = 3
TEXT_CHARACTERS_MAX = 255
STATES = ("draft", "live", "archived")
GROUNDS = {
    "yes": ("",),
    "statutory_exception": ("custom_made", "perishable", "opened_media", "periodical"),
    "confirmed_exception": ("unsealed_risk", "used_up_value", "sold_as_flawed"),
}
"""Why a product need not be taken back without a reason: Consumer Protection Law, art. 25, and the
Interim Measures for Seven-Day Returns (SAMR), art. 6 and 7; the latter the buyer confirms first."""
NAME_CHARACTERS_MAX = 100
"""Codes and options stand in an index, and a row of it must fit a page."""
SOURCE_CHARACTERS_MAX = 500


def faults(product: ListedProduct) -> list[Rejection]:
    """Name what is wrong with a product, line by line; nothing when it can be taken."""
    if any("\x00" in text for text in texts(product)):
        return [Rejection(product.line, product.handle, "", "nul_character", "")]
    return [
        Rejection(line, product.handle, column, reason, shortened(said))
        for line, column, reason, said in (
            *_of_texts(product),
            *_of_terms(product),
            *_of_options(product),
            *_of_images(product),
            *_of_skus(product),
        )
    ]


def texts(product: ListedProduct) -> Iterator[str]:
    """Give every text of a product."""
    yield from (product.handle, product.title, product.title_en, product.body_html)
    yield from (product.body_html_en, product.category, product.category_en, product.vendor)
    yield from (*product.tags, *product.option_names, *product.option_names_en)
    for sku in product.skus:
        yield from (sku.code, *sku.options, *sku.options_en)
    for image in product.images:
        yield from (image.source, image.alt, image.alt_en)


Fault = tuple[int, str, str, str]


def _of_texts(product: ListedProduct) -> Iterator[Fault]:
    line = product.line
    if not product.handle:
        yield line, "handle", "handle_missing", product.title
    if not product.title:
        yield line, "title", "title_missing", product.handle
    short = (
        ("handle", product.handle), ("title", product.title), ("title (en)", product.title_en),
        ("vendor", product.vendor), ("type", product.category), ("type (en)", product.category_en),
        *(("tags", tag) for tag in product.tags),
        *(("option name", name) for name in (*product.option_names, *product.option_names_en)),
    )  # fmt: skip
    for column, text in short:
        if len(text) > TEXT_CHARACTERS_MAX:
            yield line, column, "text_too_long", text
    if any("," in tag for tag in product.tags):
        yield line, "tags", "tag_has_a_comma", " / ".join(product.tags)
    for column, body in (("body (html)", product.body_html), ("(en)", product.body_html_en)):
        if not is_bearable(body):
            yield line, column, "body_too_long", f"{len(body):,} characters"


def _of_terms(product: ListedProduct) -> Iterator[Fault]:
    if product.state not in STATES:
        yield product.line, "status", "state_unknown", product.state
    if product.terms is not None:
        for column, reason, said in of_terms(product.terms):
            yield product.line, column, reason, said


def of_terms(terms: Terms) -> Iterator[tuple[str, str, str]]:
    """Name what is wrong with the terms: the column, the reason, what it says."""
    begins, ends = terms.on_shelf_at, terms.on_shelf_until
    if begins is not None and ends is not None and begins >= ends:
        yield "shelf until", "shelf_time_ends_first", f"{begins:%Y-%m-%d %H:%M}"
    if terms.return_ground not in GROUNDS.get(terms.return_class, ()):
        said = f"{terms.return_class} {terms.return_ground}".strip()
        yield "return", "return_class_unknown", said
    if terms.person_max is not None and not 1 <= terms.person_max <= COUNT_MAX:
        yield "limit per person", "person_max_out_of_bounds", str(terms.person_max)


def _of_options(product: ListedProduct) -> Iterator[Fault]:
    axes = len(product.option_names)
    if axes > OPTIONS_MAX:
        yield product.line, "option name", "too_many_options", " / ".join(product.option_names)
    if len(product.option_names_en) not in {0, axes}:
        said = " / ".join(product.option_names_en)
        yield product.line, "option name (en)", "option_missing", said


def _of_images(product: ListedProduct) -> Iterator[Fault]:
    if len(product.images) > IMAGES_MAX:
        yield product.line, "image src", "too_many_images", str(len(product.images))
    for image in product.images:
        if not 1 <= len(image.source) <= SOURCE_CHARACTERS_MAX:
            yield product.line, "image src", "image_unreadable", image.source


def _of_skus(product: ListedProduct) -> Iterator[Fault]:
    if not 1 <= len(product.skus) <= SKUS_MAX:
        reason = "too_many_skus" if product.skus else "sku_missing"
        yield product.line, "variant price", reason, str(len(product.skus))
    seen: set[tuple[str, ...]] = set()
    codes: set[str] = set()
    ids = [sku.sku_id for sku in product.skus if sku.sku_id]
    if len(set(ids)) < len(ids):
        yield product.line, "sku", "sku_repeated", str(len(ids))
    for sku in product.skus:
        if sku.options in seen:
            yield sku.line, "option1 value", "options_repeated", " / ".join(sku.options)
        if sku.code and sku.code in codes:
            yield sku.line, "variant sku", "sku_repeated", sku.code
        seen.add(sku.options)
        codes.add(sku.code)
        yield from _of_sku(sku, len(product.option_names))


def _of_sku(sku: ListedSku, axes: int) -> Iterator[Fault]:
    if len(sku.options) != axes or not all(sku.options) or len(sku.options_en) not in {0, axes}:
        yield sku.line, "option1 value", "option_missing", " / ".join(sku.options)
    if any(len(option) > NAME_CHARACTERS_MAX for option in (*sku.options, *sku.options_en)):
        yield sku.line, "option1 value", "text_too_long", " / ".join(sku.options)
    if len(sku.code) > NAME_CHARACTERS_MAX:
        yield sku.line, "variant sku", "text_too_long", sku.code
    if not 0 <= sku.price_fen <= PRICE_FEN_MAX:
        yield sku.line, "variant price", "price_too_high", str(sku.price_fen)
    if sku.compare_fen is not None and not sku.price_fen < sku.compare_fen <= PRICE_FEN_MAX:
        yield sku.line, "variant compare at price", "struck_price_not_higher", str(sku.compare_fen)
    if sku.on_hand is not None and not 0 <= sku.on_hand <= COUNT_MAX:
        yield sku.line, "variant inventory qty", "quantity_too_high", str(sku.on_hand)
    if sku.low_stock is not None and not 0 <= sku.low_stock <= COUNT_MAX:
        yield sku.line, "low stock", "quantity_too_high", str(sku.low_stock)
    if sku.weight_grams is not None and not 0 <= sku.weight_grams <= COUNT_MAX:
        yield sku.line, "variant grams", "quantity_too_high", str(sku.weight_grams)


def may_be_struck(compare_fen: int | None, now_fen: int | None, lowest_fen: int | None) -> bool:
    """Tell whether a price may stand struck out: none, the one that stands, or one with proof.

    The proof is the lowest price of the seven days before, all of which it was on offer. A price
    for which it was sold then is never lower ("Provisions on Regulating Price Promotions", SAMR
    2020, art. 10: the lowest deal price of the seven days before is the original price).
    """
    is_proven = compare_fen is not None and lowest_fen is not None and compare_fen <= lowest_fen
    return compare_fen in {None, now_fen} or is_proven
