"""What an import changes: the list beside what is there, worked out in pure code."""

from collections.abc import Iterator, Sequence

import msgspec

from jishi.goods.cells import shortened
from jishi.goods.lists import ListedProduct, ListedSku, Rejection
from jishi.goods.rules import PRODUCTS_MAX, faults
from jishi.goods.sanitise import sanitise


class KnownProduct(msgspec.Struct, frozen=True):
    """A product that is there, as a list would put it."""

    product_id: int
    handle: str
    title: str
    title_en: str
    body_html: str
    body_html_en: str
    category: str
    vendor: str
    tags: list[str]
    option_names: list[str]
    option_names_en: list[str]
    is_live: bool


class KnownSku(msgspec.Struct, frozen=True):
    """A SKU that is there: prices in fen, what is free and what is set aside, in units."""

    sku_id: int
    product_id: int
    handle: str
    code: str
    options: list[str]
    options_en: list[str]
    price_fen: int
    compare_fen: int | None
    position: int
    is_listed: bool
    free: int
    reserved: int


class KnownImage(msgspec.Struct, frozen=True):
    """An image that is there."""

    product_id: int
    position: int
    source: str
    alt: str
    alt_en: str
    digest: str | None


class KnownCategory(msgspec.Struct, frozen=True):
    """A category that is there."""

    category_id: int
    title: str
    title_en: str


class World(msgspec.Struct):
    """All of the shop that a list may touch. One import a batch: the next one is `busy`."""

    products: dict[str, KnownProduct]
    skus: list[KnownSku]
    images: list[KnownImage]
    categories: dict[str, KnownCategory]
    store_id: int
    is_taken: bool = False


class ProductRow(msgspec.Struct, frozen=True):
    """A product to write."""

    product_id: int
    public_id: str
    category_id: int | None
    listed: ListedProduct


class SkuRow(msgspec.Struct, frozen=True):
    """A SKU to write. `moved` units come to its shelf, or go; `is_repriced` adds to its history."""

    sku_id: int
    product_id: int
    position: int
    listed: ListedSku
    moved: int
    is_new: bool
    is_repriced: bool


class ImageRow(msgspec.Struct, frozen=True):
    """An image to write."""

    product_id: int
    position: int
    source: str
    alt: str
    alt_en: str
    digest: str | None


class Plan(msgspec.Struct):
    """What is written, counted, or rejected."""

    categories: dict[int, tuple[str, str, str]]
    products: list[ProductRow]
    skus: list[SkuRow]
    delisted: list[int]
    images: list[ImageRow]
    rejections: list[Rejection]
    products_new: int = 0
    products_unchanged: int = 0


class Names:
    """The ids and public ids that came with the request, taken in order; and whose a code is."""

    def __init__(self, ids: Sequence[int], public_ids: Sequence[str]) -> None:
        self.ids: Iterator[int] = iter(ids)
        self.public_ids: Iterator[str] = iter(public_ids)
        self.owner_of_code: dict[str, str] = {}


def plan(world: World, products: Sequence[ListedProduct], names: Names) -> Plan:
    """Work out what changes. Nothing is written when there is any rejection."""
    result = Plan({}, [], [], [], [], [])
    if len(products) > PRODUCTS_MAX:
        result.rejections.append(Rejection(0, "", "", "too_many_products", str(len(products))))
        return result
    categories = dict(world.categories)
    skus_of: dict[int, list[KnownSku]] = {}
    names.owner_of_code = {sku.code: sku.handle for sku in world.skus if sku.code and sku.is_listed}
    for sku in world.skus:
        skus_of.setdefault(sku.product_id, []).append(sku)
    images_of: dict[int, list[KnownImage]] = {}
    for image in world.images:
        images_of.setdefault(image.product_id, []).append(image)
    digests = {image.source: image.digest for image in world.images if image.digest}
    seen: set[str] = set()
    for asked in products:
        if bad := _faults(asked, seen, names):
            result.rejections += bad
            continue
        known = world.products.get(asked.handle)
        listed = _harmless(asked, known)
        category_id = _category(listed, categories, names, result)
        product_id = known.product_id if known else next(names.ids)
        its_skus, its_images = skus_of.get(product_id, []), images_of.get(product_id, [])
        skus, delisted = _skus(listed, product_id, its_skus, names, result)
        images = [
            ImageRow(
                product_id, position, each.source, each.alt, each.alt_en, digests.get(each.source)
            )
            for position, each in enumerate(listed.images, start=1)
        ]
        result.skus += [row for row in skus if _is_changed(row, its_skus)]
        result.delisted += delisted
        result.products_new += known is None
        if known and _same(known, listed) and _same_images(images, its_images):
            result.products_unchanged += not delisted and not any(
                _is_changed(row, its_skus) for row in skus
            )
            continue
        result.images += images
        public_id = next(names.public_ids)
        result.products.append(ProductRow(product_id, public_id, category_id, listed))
    return result


def _faults(listed: ListedProduct, seen: set[str], names: Names) -> list[Rejection]:
    """Name what the tables would refuse, by itself or beside what the list said before."""
    bad = faults(listed)
    if listed.handle in seen:
        bad.append(Rejection(listed.line, listed.handle, "handle", "handle_repeated", listed.title))
    seen.add(listed.handle)
    for sku in listed.skus:
        owner = names.owner_of_code.setdefault(sku.code, listed.handle) if sku.code else ""
        if owner not in {"", listed.handle}:
            said = shortened(f"{sku.code} (of {owner})")
            bad.append(Rejection(sku.line, listed.handle, "variant sku", "sku_repeated", said))
    return bad


def _harmless(listed: ListedProduct, known: KnownProduct | None) -> ListedProduct:
    """Sanitise what is not there already: who asks may have read the list in a way of his own."""
    if known and (known.body_html, known.body_html_en) == (listed.body_html, listed.body_html_en):
        return listed
    body, body_en = sanitise(listed.body_html), sanitise(listed.body_html_en)
    return msgspec.structs.replace(listed, body_html=body, body_html_en=body_en)


def _category(
    listed: ListedProduct, categories: dict[str, KnownCategory], names: Names, result: Plan
) -> int | None:
    if not listed.category:
        return None
    known = categories.get(listed.category)
    title_en = listed.category_en or (known.title_en if known else "")
    if known is None or known.title_en != title_en:
        category_id = known.category_id if known else next(names.ids)
        known = categories[listed.category] = KnownCategory(category_id, listed.category, title_en)
        # A later product of the list may know the English title that an earlier one did not.
        result.categories[category_id] = (next(names.public_ids), listed.category, title_en)
    return known.category_id


def _skus(
    listed: ListedProduct, product_id: int, known: list[KnownSku], names: Names, result: Plan
) -> tuple[list[SkuRow], list[int]]:
    """Match SKUs by their options, else by their code; those the list leaves out are delisted."""
    by_options = {tuple(sku.options): sku for sku in known}
    matched = {sku.options: by_options.get(sku.options) for sku in listed.skus}
    taken = {sku.sku_id for sku in matched.values() if sku}
    by_code = {sku.code: sku for sku in known if sku.code and sku.sku_id not in taken}
    rows = []
    for position, sku in enumerate(listed.skus, start=1):
        old = matched[sku.options] or by_code.pop(sku.code, None)
        moved = _moved(listed, sku, old, result)
        is_repriced = old is None or (old.price_fen, old.compare_fen) != (
            sku.price_fen, sku.compare_fen,
        )  # fmt: skip
        sku_id = old.sku_id if old else next(names.ids)
        rows.append(SkuRow(sku_id, product_id, position, sku, moved, old is None, is_repriced))
    kept = {row.sku_id for row in rows}
    return rows, [sku.sku_id for sku in known if sku.is_listed and sku.sku_id not in kept]


def _moved(listed: ListedProduct, sku: ListedSku, old: KnownSku | None, result: Plan) -> int:
    """Give how many units come or go so that what is on hand is what the list counts."""
    if sku.on_hand is None:
        return 0
    if old is None:
        return sku.on_hand
    moved = sku.on_hand - old.free - old.reserved
    if old.free + moved < 0:
        said = f"{sku.on_hand} on hand, {old.reserved} promised to buyers"
        result.rejections.append(
            Rejection(
                sku.line, listed.handle, "variant inventory qty", "stock_too_low", shortened(said)
            )
        )
    return moved


def _is_changed(row: SkuRow, known: list[KnownSku]) -> bool:
    old = next((sku for sku in known if sku.sku_id == row.sku_id), None)
    return (
        old is None
        or bool(row.moved)
        or row.is_repriced
        or not old.is_listed
        or (
            (old.code, tuple(old.options), tuple(old.options_en), old.position)
            != (row.listed.code, row.listed.options, row.listed.options_en, row.position)
        )
    )


def _same(known: KnownProduct, listed: ListedProduct) -> bool:
    return (
        known.title, known.title_en, known.body_html, known.body_html_en, known.category,
        known.vendor, tuple(known.tags), tuple(known.option_names), tuple(known.option_names_en),
        known.is_live,
    ) == (
        listed.title, listed.title_en, listed.body_html, listed.body_html_en, listed.category,
        listed.vendor, listed.tags, listed.option_names, listed.option_names_en, listed.is_live,
    )  # fmt: skip


def _same_images(rows: list[ImageRow], known: list[KnownImage]) -> bool:
    new = [(row.position, row.source, row.alt, row.alt_en) for row in rows]
    return new == [(each.position, each.source, each.alt, each.alt_en) for each in known]
