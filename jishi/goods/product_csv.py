"""Read a product list in the widely used Shopify columns, with the quirks of real files.

A product is several records with one handle: the first has its title, later ones further SKUs
(options and a price) or only further images. A product with a rejected line is rejected whole.
Columns: "Using CSV files to import and export products", Shopify Help Center; ours add `(en)`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from jishi.goods.cells import shortened, unquoted
from jishi.goods.csv_rows import FILE_BYTES_MAX, Row, decode, rows
from jishi.goods.listed_terms import COLUMNS
from jishi.goods.listing import listed
from jishi.goods.lists import Catalogue, ListedProduct, Rejection
from jishi.goods.rules import PRODUCTS_MAX
from jishi.goods.xlsx_rows import BadWorkbook, is_workbook, sheet_rows

UNKNOWN_SHOWN_MAX = 6
REQUIRED = ("handle", "title", "variant price")
SYNONYMS = {
    "商品编码": "handle", "标题": "title", "商品名称": "title", "描述": "body (html)",
    "详情": "body (html)", "品牌": "vendor", "类目": "type", "分类": "type", "标签": "tags",
    "价格": "variant price", "售价": "variant price", "划线价": "variant compare at price",
    "原价": "variant compare at price", "库存": "variant inventory qty",
    "数量": "variant inventory qty",
    "规格编码": "variant sku", "货号": "variant sku", "图片": "image src", "上架": "published",
    "状态": "status", "规格名": "option1 name", "规格值": "option1 value", "规格": "option1 value",
    "price": "variant price", "sku": "variant sku", "quantity": "variant inventory qty",
    "库存预警": "low stock", "上架时间": "shelf from", "下架时间": "shelf until",
    "退货": "return class", "不退货原因": "return ground", "限购": "limit per person",
    "body": "body (html)", "description": "body (html)", "category": "type",
}  # fmt: skip
KNOWN = {
    "handle", "title", "body (html)", "vendor", "type", "tags", "published", "status",
    "option1 name", "option1 value", "option2 name", "option2 value", "option3 name",
    "option3 value", "variant sku", "variant price", "variant compare at price",
    "variant inventory qty", "image src", "image alt text", "low stock",
    "variant grams", *COLUMNS,
}  # fmt: skip

Cells = Mapping[str, str]
Record = tuple[int, Cells]


class BadFile(Exception):
    """The file is no product list, or too large for one; says why."""


def nobody(_lines: int) -> None:
    """Tell nobody how far the reading is."""


def read_catalogue(data: bytes, progress: Callable[[int], None] = nobody) -> Catalogue:
    """Read a list; `progress` is told how many lines were read.

    Raises BadFile when a required column is missing, or is there twice, or the file is too large.
    """
    if len(data) > FILE_BYTES_MAX:
        raise BadFile(f"{len(data):,} bytes; at most {FILE_BYTES_MAX:,} can be read")
    encoding, found = rows_of(data, progress)
    header = _header(next(found, Row(1, [])))
    rejections: list[Rejection] = []
    records = _by_handle(header, found, rejections)
    notes = _notes_on(header)
    products: list[ListedProduct] = []
    codes: dict[str, str] = {}
    for handle, its in records.items():
        product, bad, said = listed(handle, its)
        bad = bad or _repeated_codes(product, codes)
        notes += said
        rejections += bad
        if product is not None and not bad:
            products.append(product)
    if len(products) > PRODUCTS_MAX:
        raise BadFile(f"{len(products):,} products; at most {PRODUCTS_MAX:,} fit one list")
    rejections.sort(key=lambda each: each.line)
    return Catalogue(tuple(products), tuple(rejections), tuple(notes), encoding)


def rows_of(data: bytes, progress: Callable[[int], None]) -> tuple[str, Iterator[Row]]:
    """Give the records of a CSV or Excel file, and what it is written in."""
    if not is_workbook(data):
        text = decode(data)
        return text.encoding, rows(text, progress)
    try:
        return "xlsx", iter(list(sheet_rows(data, progress)))
    except BadWorkbook as error:
        raise BadFile(str(error)) from error


def _header(row: Row) -> list[str]:
    """Give the columns' names; another word for a column counts where the column itself lacks."""
    names = [" ".join(cell.strip().lower().split()) for cell in row.cells]
    header = [name if (known := SYNONYMS.get(name, name)) in names else known for name in names]
    if missing := [name for name in REQUIRED if name not in header]:
        raise BadFile("missing columns: " + ", ".join(missing))
    if twice := [name for name, times in Counter(header).items() if times > 1 and name in KNOWN]:
        raise BadFile("columns that are there twice: " + ", ".join(twice))
    return header


def _notes_on(header: list[str]) -> list[str]:
    unknown = [name for name in header if name.removesuffix(" (en)") not in KNOWN and name]
    if not unknown:
        return []
    shown = ", ".join(unknown[:UNKNOWN_SHOWN_MAX])
    more = len(unknown) - UNKNOWN_SHOWN_MAX
    return [f"columns not used: {shown}" + (f" and {more} more" if more > 0 else "")]


def _by_handle(
    header: list[str], found: Iterable[Row], rejections: list[Rejection]
) -> dict[str, list[Record]]:
    """Gather the records of each handle, but for a handle of which any record is rejected."""
    records: dict[str, list[Record]] = {}
    spoiled: set[str] = set()
    for row in found:
        record = dict(zip(header, map(unquoted, row.cells), strict=False))
        handle = record.get("handle", "").strip()
        column, reason, said = _reason_against(row, handle, len(header))
        if reason:
            rejections.append(Rejection(row.line, shortened(handle), column, reason, said))
            spoiled.add(handle)
        else:
            records.setdefault(handle, []).append((row.line, record))
    return {handle: its for handle, its in records.items() if handle not in spoiled}


def _reason_against(row: Row, handle: str, columns: int) -> tuple[str, str, str]:
    """Give the column, the reason and what it says when the record cannot be taken."""
    if row.reason:
        return "", row.reason, row.said
    if any(cell.strip() for cell in row.cells[columns:]):
        return "", "too_many_cells", str(len(row.cells))
    if not handle:
        return "handle", "handle_missing", shortened(" ".join(row.cells))
    return "", "", ""


def _repeated_codes(product: ListedProduct | None, codes: dict[str, str]) -> list[Rejection]:
    """Reject SKU codes that the list used before; remember this product's."""
    bad = []
    for sku in product.skus if product else ():
        handle = product.handle if product else ""
        if sku.code and sku.code in codes:
            said = f"{sku.code} (also in {codes[sku.code]})"
            bad.append(Rejection(sku.line, handle, "variant sku", "sku_repeated", said))
        codes.setdefault(sku.code, handle)
    return bad
