"""One product of a list, from its records: title, options, SKUs, images; or why not."""

from collections.abc import Callable, Mapping, Sequence

from jishi.goods import cells
from jishi.goods.listed_terms import terms_of
from jishi.goods.lists import ListedImage, ListedProduct, ListedSku, Rejection
from jishi.goods.rules import IMAGES_MAX, SOURCE_CHARACTERS_MAX, faults
from jishi.goods.sanitise import as_html, images_in, is_bearable

Cells = Mapping[str, str]
Record = tuple[int, Cells]
Reject = Callable[[int, str, str, str], None]

AXES = (1, 2, 3)
AXES_BEYOND = ("option4 name", "option4 value")
OURS = "return class"
"""A column that lists of others lack: what stands empty beside it is meant to be."""
NO_OPTION = ("title", "default title")
LIVE = {"", "active", "live", "上架", "在售"}
ARCHIVED = {"archived", "归档", "已归档"}
SKU_COLUMNS = ("variant price", "variant sku", "option1 value", "variant inventory qty")


def listed(
    handle: str, records: Sequence[Record]
) -> tuple[ListedProduct | None, list[Rejection], list[str]]:
    """Give the product, or none; the lines that were rejected; and notes."""
    first_line, first = records[0]
    bad: list[Rejection] = []
    notes: list[str] = []

    def reject(line: int, column: str, reason: str, said: str) -> None:
        bad.append(Rejection(line, handle, column, reason, cells.shortened(said)))

    for column in ("body (html)", "body (html) (en)"):
        if not is_bearable(_cell(first, column)):
            reject(first_line, column, "body_too_long", _cell(first, column))
            return None, bad, notes
    title = _cell(first, "title")
    for line, record in records:
        if _cell(record, "title") not in {"", title}:
            reject(line, "title", "handle_repeated", _cell(record, "title"))
        for column in AXES_BEYOND:
            if said := _cell(record, column):
                reject(line, column, "too_many_options", said)
    product = _product(handle, records, reject, notes)
    if product.skus or not bad:
        bad += faults(product)
    return (None if bad else product), bad, notes


def _product(
    handle: str, records: Sequence[Record], reject: Reject, notes: list[str]
) -> ListedProduct:
    line, first = records[0]
    names = _option_names(first)
    names_en = [_cell(first, f"option{axis} name (en)") for axis in AXES[: len(names)]]
    tags = tuple(tag.strip() for tag in _cell(first, "tags").split(",") if tag.strip())
    return ListedProduct(
        line=line,
        handle=handle,
        title=_cell(first, "title"),
        title_en=_cell(first, "title (en)"),
        body_html=as_html(_cell(first, "body (html)")),
        body_html_en=as_html(_cell(first, "body (html) (en)")),
        category=_cell(first, "type") or ("" if OURS in first or not tags else tags[0]),
        category_en=_cell(first, "type (en)"),
        vendor=_cell(first, "vendor"),
        tags=tags,
        option_names=tuple(names),
        option_names_en=tuple(names_en) if any(names_en) else (),
        state=_state(first),
        terms=terms_of(line, first, reject),
        skus=tuple(_skus(records, len(names), reject, notes)),
        images=_images(records, first, notes),
    )


def _cell(record: Cells, name: str) -> str:
    return record.get(name, "").strip()


def _state(first: Cells) -> str:
    """Read the state; Shopify's `published` says of an active product whether it is shown."""
    status = _cell(first, "status").lower()
    if status in ARCHIVED:
        return "archived"
    is_live = status in LIVE and cells.is_yes(_cell(first, "published"), otherwise=True)
    return "live" if is_live else "draft"


def _option_names(first: Cells) -> list[str]:
    """Give the names of the axes; a product of one SKU has `Title`, `Default Title`, and none."""
    names = [_cell(first, f"option{axis} name") for axis in AXES]
    values = [_cell(first, f"option{axis} value") for axis in AXES]
    if (names[0].lower(), values[0].lower()) == NO_OPTION and not any(names[1:]):
        return []
    used = max((axis for axis in AXES if names[axis - 1] or values[axis - 1]), default=0)
    return [name or f"Option {axis}" for axis, name in zip(AXES[:used], names, strict=False)]


def _skus(
    records: Sequence[Record], axes: int, reject: Reject, notes: list[str]
) -> list[ListedSku]:
    skus: list[ListedSku] = []
    for number, (line, record) in enumerate(records):
        if number and not any(_cell(record, name) for name in SKU_COLUMNS):
            if not _cell(record, "image src"):
                reject(line, "", "line_says_nothing", " ".join(record.values()))
            continue
        sku = _sku(line, record, axes, reject, notes)
        if sku is not None:
            skus.append(sku)
    return skus


def _sku(line: int, record: Cells, axes: int, reject: Reject, notes: list[str]) -> ListedSku | None:
    column = "variant price"
    try:
        price_fen = cells.price_fen(_cell(record, column))
        column = "variant inventory qty"
        on_hand = cells.count(_cell(record, column))
        column = "low stock"
        low_stock = cells.count(_cell(record, column))
        column = "variant grams"
        weight_grams = cells.count(_cell(record, column))
        column = "variant compare at price"
        struck = _cell(record, column)
        compare_fen = cells.price_fen(struck) if struck else None
    except cells.BadCell as error:
        reject(line, column, str(error), _cell(record, column))
        return None
    if compare_fen is not None and compare_fen <= price_fen:
        notes.append(f"line {line}: the struck price is not higher than the price; left out")
        compare_fen = None
    options_en = tuple(_cell(record, f"option{axis} value (en)") for axis in AXES[:axes])
    return ListedSku(
        line=line,
        sku_id=None,
        code=cells.plain(_cell(record, "variant sku")),
        options=tuple(_cell(record, f"option{axis} value") for axis in AXES[:axes]),
        options_en=options_en if any(options_en) else (),
        price_fen=price_fen,
        compare_fen=compare_fen,
        on_hand=on_hand,
        low_stock=low_stock,
        weight_grams=weight_grams,
    )


def _images(records: Sequence[Record], first: Cells, notes: list[str]) -> tuple[ListedImage, ...]:
    """Give the images of the records, then those that the body showed, each once."""
    images: dict[str, ListedImage] = {}
    for _, record in records:
        if source := _cell(record, "image src"):
            alt, alt_en = _cell(record, "image alt text"), _cell(record, "image alt text (en)")
            images.setdefault(source, ListedImage(source, alt, alt_en))
    for source in images_in(_cell(first, "body (html)")):
        images.setdefault(source, ListedImage(source, "", ""))
    kept = [each for each in images.values() if len(each.source) <= SOURCE_CHARACTERS_MAX]
    if left_out := len(images) - len(kept[:IMAGES_MAX]):
        notes.append(f"line {records[0][0]}: {left_out} images left out: too many, or no address")
    return tuple(kept[:IMAGES_MAX])
