"""A shop's goods as a file: the columns that import reads, so that out and in again is the same.

CSV is UTF-8 with its byte order mark and CRLF, as Excel wants it (RFC 4180); no cell can be taken
for a formula. Pictures stand by their digest, stock by what is on hand.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

from jishi.goods.cells import quoted
from jishi.goods.export import ExportedImage, ExportedProduct, ExportedSku
from jishi.goods.import_plan import file_of
from jishi.goods.listed_terms import written

AXES = range(3)
HEADER = (
    "Handle", "Title", "Title (en)", "Body (HTML)", "Body (HTML) (en)", "Vendor", "Type",
    "Type (en)", "Tags", "Status", "Shelf From", "Shelf Until", "Return Class", "Return Ground",
    "Limit Per Person",
    *(f"Option{axis + 1} Name{english}" for axis in AXES for english in ("", " (en)")),
    *(f"Option{axis + 1} Value{english}" for axis in AXES for english in ("", " (en)")),
    "Variant SKU", "Variant Price", "Variant Compare At Price", "Variant Inventory Qty",
    "Variant Grams", "Low Stock", "Image Src", "Image Alt Text", "Image Alt Text (en)",
)  # fmt: skip
CELL_CHARACTERS_MAX = 32_767
"""What a cell of Excel holds."""
Cells = Sequence[str]


class TooLong(Exception):
    """A cell has more than Excel holds; carries the product's handle."""


def as_csv(products: Iterable[ExportedProduct]) -> bytes:
    """Write a CSV."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for product in products:
        writer.writerows(map(quoted, row) for row in rows(product))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(products: Iterable[ExportedProduct]) -> bytes:
    """Write a workbook of one sheet, every cell a text. Raises TooLong."""
    from openpyxl import Workbook  # noqa: PLC0415 - few processes write one; it reads slowly

    book = Workbook(write_only=True)
    sheet = book.create_sheet("goods")
    sheet.append(list(HEADER))
    for product in products:
        for row in rows(product):
            if any(len(cell) >= CELL_CHARACTERS_MAX for cell in row):
                raise TooLong(product.handle)
            sheet.append([quoted(_printable(cell)) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows(product: ExportedProduct) -> Iterator[Cells]:
    """Give the records of a product: its own words once, then a SKU and an image in each."""
    count = max(len(product.skus), len(product.images)) if product.skus else 0
    for number in range(count):
        sku = product.skus[number] if number < len(product.skus) else None
        image = product.images[number] if number < len(product.images) else None
        head = _head(product) if number == 0 else _blank()
        yield [product.handle, *head, *_sku(sku), *_image(image)]


def _head(product: ExportedProduct) -> Cells:
    names = _pairs(product.option_names, product.option_names_en)
    return [
        product.title, product.title_en, product.body_html, product.body_html_en, product.vendor,
        product.category, product.category_en, ", ".join(product.tags), product.state,
        written(product.on_shelf_at), written(product.on_shelf_until), product.return_class,
        product.return_ground, "" if product.person_max is None else str(product.person_max),
        *names,
    ]  # fmt: skip


def _blank() -> Cells:
    return [""] * (HEADER.index("Option1 Value") - 1)


def _sku(sku: ExportedSku | None) -> Cells:
    if sku is None:
        return [""] * (HEADER.index("Image Src") - HEADER.index("Option1 Value"))
    return [
        *_pairs(sku.options, sku.options_en), sku.code, yuan(sku.price_fen),
        "" if sku.compare_fen is None else yuan(sku.compare_fen), str(sku.on_hand),
        str(sku.weight_grams), str(sku.low_stock),
    ]  # fmt: skip


def _image(image: ExportedImage | None) -> Cells:
    if image is None:
        return ["", "", ""]
    return [file_of(image.digest) if image.digest else image.source, image.alt, image.alt_en]


def _pairs(texts: Sequence[str], english: Sequence[str]) -> list[str]:
    """Give three values, each beside its English."""
    found = []
    for axis in AXES:
        found.append(texts[axis] if axis < len(texts) else "")
        found.append(english[axis] if axis < len(english) else "")
    return found


def yuan(fen: int) -> str:
    """Write a price as the list reads it."""
    return f"{fen // 100}.{fen % 100:02}"


def _printable(text: str) -> str:
    return "".join(each for each in text if each >= " " or each in "\t\n\r")
