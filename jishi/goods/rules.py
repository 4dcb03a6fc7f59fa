"""The rules of a listed product: what a list may say, so that the tables can take all of it."""

from collections.abc import Iterator

from jishi.goods.cells import COUNT_MAX, shortened
from jishi.goods.lists import ListedProduct, ListedSku, Rejection
from jishi.goods.price_sku import PRICE_FEN_MAX
from jishi.goods.sanitise import is_bearable

PRODUCTS_MAX = 20_000
SKUS_MAX = 100
IMAGES_MAX = 250
OPTIONS_MAX = 3
TEXT_CHARACTERS_MAX = 255
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
    for column, body in (("body (html)", product.body_html), ("(en)", product.body_html_en)):
        if not is_bearable(body):
            yield line, column, "body_too_long", f"{len(body):,} characters"


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
