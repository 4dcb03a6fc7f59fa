"""What an import changes: the list beside what is there, worked out in pure code."""

from collections.abc import Iterator, Sequence

import msgspec

from jishi.goods.cells import shortened
from jishi.goods.import_rows import (
    ImageRow,
    KnownCategory,
    KnownImage,
    KnownProduct,
    KnownSku,
    Plan,
    ProductRow,
    SkuRow,
    World,
)
from jishi.goods.lists import ALWAYS, ListedProduct, ListedSku, Rejection, Terms
from jishi.goods.rules import PRODUCTS_MAX, faults, may_be_struck
from jishi.goods.sanitise import as_html


class Names:
    """The ids and public ids that came with the request, taken in order; and whose a code is."""

    def __init__(self, ids: Sequence[int], public_ids: Sequence[str]) -> None:
        self.ids: Iterator[int] = iter(ids)
        self.public_ids: Iterator[str] = iter(public_ids)
        self.owner_of_code: dict[str, str] = {}


def plan(world: World, products: Sequence[ListedProduct], names: Names) -> Plan:
    """Work out what changes. Nothing is written when there is any rejection."""
    result = Plan({}, [], [], [], [], [], [])
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
    digests |= {file_of(digest): digest for digest in world.pictures}
    seen: set[str] = set()
    for asked in products:
        if bad := _faults(asked, seen, names):
            result.rejections += bad
            continue
        known = world.products.get(asked.handle)
        listed = _harmless(asked, known)
        terms = listed.terms or (known.terms() if known else ALWAYS)
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
        result.is_pictured = result.is_pictured or any(image.digest for image in images)
        result.skus += [row for row in skus if _is_changed(row, its_skus)]
        result.delisted += delisted
        result.products_new += known is None
        is_touched = bool(delisted) or any(_is_changed(row, its_skus) for row in skus)
        is_same = known is not None and _same(known, listed, terms)
        if is_same and _same_images(images, its_images):
            result.products_unchanged += not is_touched
            result.touched += [product_id] if is_touched else []
            continue
        result.touched.append(product_id)
        result.images += images
        public_id = next(names.public_ids)
        result.products.append(ProductRow(product_id, public_id, category_id, listed, terms))
    return result


def file_of(digest: str) -> str:
    """Give the name under which a list shows a picture that is uploaded already."""
    return f"{digest}.webp"


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
    body, body_en = as_html(listed.body_html), as_html(listed.body_html_en)
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
    by_id = {sku.sku_id: sku for sku in known}
    named = {sku.sku_id for sku in listed.skus}
    matched = {
        sku.options: by_id.get(sku.sku_id) if sku.sku_id else _unnamed(by_options, sku, named)
        for sku in listed.skus
    }
    taken = {sku.sku_id for sku in matched.values() if sku}
    by_code = {sku.code: sku for sku in known if sku.code and sku.sku_id not in taken}
    rows = []
    for position, asked in enumerate(listed.skus, start=1):
        old = matched[asked.options] or by_code.pop(asked.code, None)
        sku = _proven(asked, old, result)
        moved = _moved(listed, sku, old, result)
        is_repriced = old is None or (old.price_fen, old.compare_fen) != (
            sku.price_fen, sku.compare_fen,
        )  # fmt: skip
        sku_id = old.sku_id if old else next(names.ids)
        low_stock = sku.low_stock if sku.low_stock is not None else old.low_stock if old else 0
        weighs = old.weight_grams if old else 0
        rows.append(
            SkuRow(
                sku_id, product_id, position, sku, moved, low_stock,
                weighs if sku.weight_grams is None else sku.weight_grams, old is None, is_repriced,
            )
        )  # fmt: skip
    kept = {row.sku_id for row in rows}
    return rows, [sku.sku_id for sku in known if sku.is_listed and sku.sku_id not in kept]


def _unnamed(
    by_options: dict[tuple[str, ...], KnownSku], sku: ListedSku, named: set[int | None]
) -> KnownSku | None:
    found = by_options.get(sku.options)
    return None if found and found.sku_id in named else found


def _proven(sku: ListedSku, old: KnownSku | None, result: Plan) -> ListedSku:
    """Leave out a struck price that has no proof."""
    now_fen, lowest_fen = (old.compare_fen, old.lowest_fen) if old else (None, None)
    if may_be_struck(sku.compare_fen, now_fen, lowest_fen):
        return sku
    result.struck_left_out += 1
    return msgspec.structs.replace(sku, compare_fen=None)


def _moved(listed: ListedProduct, sku: ListedSku, old: KnownSku | None, result: Plan) -> int:
    """Give how many units come or go so that what is on hand is what the list counts."""
    if sku.on_hand is None:
        return 0
    if old is None:
        return sku.on_hand
    moved = sku.on_hand - old.free - old.reserved
    if old.first_free + moved < 0:
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
            old.code, tuple(old.options), tuple(old.options_en), old.position, old.low_stock,
            old.weight_grams,
        ) != (
            row.listed.code, row.listed.options, row.listed.options_en, row.position,
            row.low_stock, row.weight_grams,
        )
    )  # fmt: skip


def _same(known: KnownProduct, listed: ListedProduct, terms: Terms) -> bool:
    return (
        known.title, known.title_en, known.body_html, known.body_html_en, known.category,
        known.vendor, tuple(known.tags), tuple(known.option_names), tuple(known.option_names_en),
        known.state, known.terms(),
    ) == (
        listed.title, listed.title_en, listed.body_html, listed.body_html_en, listed.category,
        listed.vendor, listed.tags, listed.option_names, listed.option_names_en,
        listed.state, terms,
    )  # fmt: skip


def _same_images(rows: list[ImageRow], known: list[KnownImage]) -> bool:
    new = [(row.position, row.source, row.alt, row.alt_en) for row in rows]
    return new == [(each.position, each.source, each.alt, each.alt_en) for each in known]
