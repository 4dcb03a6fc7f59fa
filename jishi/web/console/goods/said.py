"""What a form says about its fields: the choices of return, and what is wrong with each place."""

from collections.abc import Mapping

import msgspec

from jishi import goods
from jishi.kernel import Refused
from jishi.pages.words import Words

FIELDS = {
    "handle": "handle", "title": "title", "title (en)": "title_en", "vendor": "vendor",
    "type": "category", "tags": "tags", "status": "state", "body (html)": "body_html",
    "(en)": "body_html_en", "shelf until": "on_shelf_until", "return": "returns",
    "limit per person": "person_max", "option name": "option1", "image src": "pictures",
    "variant price": ".price", "variant compare at price": ".compare", "variant sku": ".code",
    "option1 value": ".o1", "variant inventory qty": ".on_hand", "low stock": ".low",
    "variant grams": ".grams", "sku": ".code",
}  # fmt: skip
"""The field of the form that a column of a list is."""


class Choice(msgspec.Struct, frozen=True):
    """One of several, and how it is called."""

    key: str
    said: str


def choices_of_return(words: Words) -> list[Choice]:
    """Give what may be chosen about returns."""
    _ = words.say
    return [
        Choice("yes/", _("七天无理由退货")),
        Choice("statutory_exception/custom_made", _("不退：按要求定做")),
        Choice("statutory_exception/perishable", _("不退：鲜活易腐")),
        Choice("statutory_exception/opened_media", _("不退：拆封的音像、软件，数字内容")),
        Choice("statutory_exception/periodical", _("不退：交付的报刊")),
        Choice("confirmed_exception/unsealed_risk", _("买家确认后不退：拆封影响安全或健康")),
        Choice("confirmed_exception/used_up_value", _("买家确认后不退：激活或试用后大幅贬值")),
        Choice("confirmed_exception/sold_as_flawed", _("买家确认后不退：临期或瑕疵，已说明")),
    ]


def places(refused: Refused) -> dict[str, str]:
    """Give the fields that a refusal marks, each with the reason's code."""
    if refused.reason != "lines_rejected":
        return {}
    found: dict[str, str] = {}
    for bad in goods.rejections_of(refused):
        field = FIELDS.get(bad.column, "title")
        found.setdefault(f"s{bad.line}{field}" if field.startswith(".") else field, bad.reason)
    return found


def marks_of(marked: Mapping[str, str], words: Words) -> dict[str, str]:
    """Say of each field what is wrong with it."""
    said = reasons(words)
    return {field: said.get(reason, reason) for field, reason in marked.items()}


def reasons(words: Words) -> dict[str, str]:
    """Give the words of every reason against a line."""
    _ = words.say
    return {
        "handle_missing": _("请填编码。"), "title_missing": _("请填标题。"),
        "text_too_long": _("太长了。"), "body_too_long": _("介绍太长了。"),
        "nul_character": _("里面有看不见的字符，请重新输入。"),
        "tag_has_a_comma": _("标签里不能有逗号。"), "state_unknown": _("请重新选择状态。"),
        "shelf_time_ends_first": _("下架时间要在上架时间之后。"),
        "return_class_unknown": _("请重新选择退货规则。"),
        "person_max_out_of_bounds": _("限购至少 1 件。"), "too_many_options": _("最多三种规格。"),
        "option_missing": _("每个规格都要填。"), "too_many_images": _("图片太多了。"),
        "image_unreadable": _("有一张图片认不出来。"), "too_many_skus": _("规格最多 100 行。"),
        "sku_missing": _("至少要有一行规格和价格。"),
        "options_repeated": _("和另一行的规格重复了。"),
        "sku_repeated": _("这个货号已经用过了。"), "price_too_high": _("价格太高了。"),
        "price_missing": _("请填价格。"), "price_unreadable": _("价格看不懂，例如 12.80。"),
        "struck_price_not_higher": _("划线价要比售价高。"), "quantity_unreadable": _("请填整数。"),
        "quantity_negative": _("不能是负数。"), "quantity_too_high": _("数字太大了。"),
        "time_unreadable": _("时间看不懂，例如 2026-11-22 18:05。"),
        "stock_too_low": _("货架上没有这么多。"),
    }  # fmt: skip
