"""What the fields of a product's form hold before anybody touches them."""

from jishi.goods import desk
from jishi.goods.catalogue_file import yuan
from jishi.goods.listed_terms import written


def values_of(product: desk.FormProduct | None) -> dict[str, str]:
    """Give each field's value; a new product is a draft that may be returned."""
    if product is None:
        return {"state": "draft", "returns": "yes/"}
    values = {
        "handle": product.handle, "title": product.title, "title_en": product.title_en,
        "body_html": product.body_html, "body_html_en": product.body_html_en,
        "vendor": product.vendor, "category": product.category, "tags": ", ".join(product.tags),
        "state": product.state, "on_shelf_at": written(product.on_shelf_at).replace(" ", "T"),
        "on_shelf_until": written(product.on_shelf_until).replace(" ", "T"),
        "returns": f"{product.return_class}/{product.return_ground}",
        "person_max": "" if product.person_max is None else str(product.person_max),
        "revision": str(product.revision),
    }  # fmt: skip
    for axis, name in enumerate(product.option_names, start=1):
        values[f"option{axis}"] = name
    for row, sku in enumerate(product.skus):
        values |= _of_sku(f"s{row}", sku)
    for row, image in enumerate(product.images):
        values |= {
            f"i{row}.source": image.source, f"i{row}.place": str(row + 1),
            f"i{row}.alt": image.alt, f"i{row}.alt_en": image.alt_en,
        }  # fmt: skip
    return values


def _of_sku(row: str, sku: desk.FormSku) -> dict[str, str]:
    options = {f"{row}.o{axis}": said for axis, said in enumerate(sku.options, start=1)}
    return options | {
        f"{row}.id": str(sku.sku_id), f"{row}.code": sku.code,
        f"{row}.price": yuan(sku.price_fen),
        f"{row}.compare": "" if sku.compare_fen is None else yuan(sku.compare_fen),
        f"{row}.low": str(sku.low_stock or ""), f"{row}.grams": str(sku.weight_grams or ""),
    }  # fmt: skip
