"""One product of a list, from its records: title, options, SKUs, images; or why not."""

from collections.abc import Callable, Mapping, Sequence

from jishi.goods import cells
from jishi.goods.lists import ListedImage, ListedProduct, ListedSku, Rejection
from jishi.goods.sanitise import as_html, images_in

Cells = Mapping[str, str]
Record = tuple[int, Cells]
Reject = Callable[[int, str, str, str], None]

SKUS_MAX = 100
IMAGES_MAX = 250
TITLE_CHARACTERS_MAX = 255
HANDLE_CHARACTERS_MAX = 255
AXES = (1, 2, 3)
NO_OPTION = ("title", "default title")


def listed(
    handle: str, records: Sequence[Record]
) -> tuple[ListedProduct | None, list[Rejection], list[str]]:
    """Give the product, or none; the lines that were rejected; and notes."""
    first_line, first = records[0]
    bad: list[Rejection] = []
    notes: list[str] = []

    def reject(line: int, column: str, reason: str, said: str) -> None:
        bad.append(Rejection(line, handle, column, reason, cells.shortened(said)))

    if any("\x00" in cell for _, record in records for cell in record.values() if cell):
        reject(first_line, "", "nul_character", handle)
        return None, bad, notes
    title = cells.plain(_cell(first, "title"))
    if not title:
        reject(first_line, "title", "title_missing", " ".join(first.values()))
    if len(title) > TITLE_CHARACTERS_MAX or len(handle) > HANDLE_CHARACTERS_MAX:
        reject(first_line, "title", "title_too_long", title)
    names = _option_names(first)
    skus = _skus(records, len(names), reject, notes)
    if not skus and not bad:
        reject(first_line, "variant price", "price_missing", title)
    if len(skus) > SKUS_MAX:
        reject(first_line, "", "too_many_skus", str(len(skus)))
    if bad:
        return None, bad, notes
    return _product(handle, title, names, skus, records), bad, notes


def _product(
    handle: str, title: str, names: list[str], skus: list[ListedSku], records: Sequence[Record]
) -> ListedProduct:
    line, first = records[0]
    tags = tuple(tag.strip() for tag in _cell(first, "tags").split(",") if tag.strip())
    category = cells.plain(_cell(first, "type")) or (tags[0] if tags else "")
    names_en = [cells.plain(_cell(first, f"option{axis} name (en)")) for axis in AXES[: len(names)]]
    status = _cell(first, "status").strip().lower()
    return ListedProduct(
        line=line,
        handle=handle,
        title=title,
        title_en=cells.plain(_cell(first, "title (en)")),
        body_html=as_html(_cell(first, "body (html)")),
        body_html_en=as_html(_cell(first, "body (html) (en)")),
        category=category[:TITLE_CHARACTERS_MAX],
        category_en=cells.plain(_cell(first, "type (en)"))[:TITLE_CHARACTERS_MAX],
        vendor=cells.plain(_cell(first, "vendor")),
        tags=tags,
        option_names=tuple(names),
        option_names_en=tuple(names_en) if any(names_en) else (),
        is_live=status in {"", "active"}
        and cells.is_yes(_cell(first, "published"), otherwise=True),
        skus=tuple(skus),
        images=_images(records, first),
    )


def _cell(record: Cells, name: str) -> str:
    return record.get(name, "") or ""


def _option_names(first: Cells) -> list[str]:
    """Give the names of the axes; a product of one SKU has `Title`, `Default Title`, and none."""
    names = [cells.plain(_cell(first, f"option{axis} name")) for axis in AXES]
    values = [cells.plain(_cell(first, f"option{axis} value")) for axis in AXES]
    if (names[0].lower(), values[0].lower()) == NO_OPTION and not any(names[1:]):
        return []
    used = max((axis for axis in AXES if names[axis - 1] or values[axis - 1]), default=0)
    return [name or f"Option {axis}" for axis, name in zip(AXES[:used], names, strict=False)]


def _skus(
    records: Sequence[Record], axes: int, reject: Reject, notes: list[str]
) -> list[ListedSku]:
    skus: list[ListedSku] = []
    seen: set[tuple[str, ...]] = set()
    for number, (line, record) in enumerate(records):
        columns = ("variant price", "variant sku", "option1 value", "variant inventory qty")
        if number and not any(_cell(record, name).strip() for name in columns):
            if not _cell(record, "image src").strip():
                reject(line, "", "line_says_nothing", " ".join(record.values()))
            continue
        sku = _sku(line, record, axes, reject, notes)
        if sku is None:
            continue
        if sku.options in seen:
            reject(line, "option1 value", "options_repeated", " / ".join(sku.options))
        elif axes and not all(sku.options):
            reject(line, "option1 value", "option_missing", " / ".join(sku.options))
        seen.add(sku.options)
        skus.append(sku)
    return skus


def _sku(line: int, record: Cells, axes: int, reject: Reject, notes: list[str]) -> ListedSku | None:
    column = "variant price"
    try:
        price_fen = cells.price_fen(_cell(record, column))
        column = "variant inventory qty"
        on_hand = cells.count(_cell(record, column))
        column = "variant compare at price"
        struck = _cell(record, column)
        compare_fen = cells.price_fen(struck) if struck.strip() else None
    except cells.BadCell as error:
        reject(line, column, str(error), _cell(record, column))
        return None
    if compare_fen is not None and compare_fen <= price_fen:
        notes.append(f"line {line}: the struck price is not higher than the price; left out")
        compare_fen = None
    return ListedSku(
        line=line,
        code=cells.plain(_cell(record, "variant sku")),
        options=tuple(cells.plain(_cell(record, f"option{axis} value")) for axis in AXES[:axes]),
        options_en=_options_en(record, axes),
        price_fen=price_fen,
        compare_fen=compare_fen,
        on_hand=on_hand,
    )


def _options_en(record: Cells, axes: int) -> tuple[str, ...]:
    values = [cells.plain(_cell(record, f"option{axis} value (en)")) for axis in AXES[:axes]]
    return tuple(values) if any(values) else ()


def _images(records: Sequence[Record], first: Cells) -> tuple[ListedImage, ...]:
    """Give the images of the records, then those that the body showed, each once."""
    images = {
        source: ListedImage(
            source,
            _cell(record, "image alt text").strip(),
            _cell(record, "image alt text (en)").strip(),
        )
        for _, record in records
        if (source := _cell(record, "image src").strip())
    }
    for source in images_in(_cell(first, "body (html)")):
        images.setdefault(source, ListedImage(source, "", ""))
    return tuple(images.values())[:IMAGES_MAX]
