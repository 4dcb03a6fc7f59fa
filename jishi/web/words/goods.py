"""What a reader is told when goods refuses."""

from jishi.web.words.both import Both

REFUSALS: dict[str, Both] = {}

UNREACHABLE = (
    "ids_too_few", "lines_rejected", "list_empty", "name_out_of_bounds", "nothing_there",
    "picture_not_listed", "picture_too_large", "picture_unreadable", "price_out_of_bounds",
    "shop_exists", "shop_has_no_store", "sku_unknown", "stock_too_low",
    "struck_price_not_higher",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
