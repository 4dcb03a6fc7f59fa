"""What a reader is told when something may not be, or went wrong: kindly, with the way out.

Both languages stand side by side here; everything else goes through the catalogue.
"""

from collections.abc import Mapping

import msgspec

from jishi.pages import ENGLISH


class Said(msgspec.Struct, frozen=True):
    """What happened, and what can be done."""

    said: str
    way_out: str


class Both(msgspec.Struct, frozen=True):
    """The same in two languages."""

    chinese: Said
    english: Said

    def to(self, language: str, detail: Mapping[str, object]) -> Said:
        """Say it to a reader, with the numbers that the refusal brought."""
        said = self.english if language == ENGLISH else self.chinese
        return Said(said.said.format(**detail), said.way_out.format(**detail))


def both(said: str, way_out: str, said_en: str, way_out_en: str) -> Both:
    """Write down the same in two languages."""
    return Both(Said(said, way_out), Said(said_en, way_out_en))


LANGUAGE_NAMES = {"zh-CN": "简体中文", "en": "English"}
"""Each language in its own words, whoever reads."""

UNFORESEEN = both(
    "这一步没有成功", "请返回再试一次；还不行就稍后再来。您的订单和商品没有变化。",
    "That did not work", "Please go back and try again. Nothing of yours has changed.",
)  # fmt: skip

REFUSALS = {
    "busy": both(
        "现在人有点多", "您填的都还在，过几秒再点一次就好，不会重复下单。",
        "A little busy right now",
        "What you chose is kept. Try again in a few seconds; you will not order twice.",
    ),
    "key_reused": both(
        "这张单子已经提交过了", "请先看看“我的订单”；想再买一份，就再提交一次。",
        "This form was already sent",
        "Please look at My orders first. To buy once more, send it again.",
    ),
    "not_worth_noting": both(
        "这个词没有记下来", "不用管它，换个说法继续搜索就好。",
        "This question was not noted", "Nothing to do: go on searching with other words.",
    ),
    "lines_out_of_bounds": both(
        "一张订单最多 {lines_max} 种商品", "请减少几种再提交。",
        "An order holds up to {lines_max} different items", "Please take some out and try again.",
    ),
    "quantity_out_of_bounds": both(
        "一次可以买 1 到 {quantity_max} 件", "请改一下数量。",
        "You can buy 1 to {quantity_max} at a time", "Please change the quantity.",
    ),
    "remark_too_long": both(
        "留言最多 {characters_max} 个字", "请写短一点，其他内容都还在。",
        "A note has up to {characters_max} characters",
        "Please make it shorter; everything else is kept.",
    ),
    "not_for_sale": both(
        "这件商品现在不卖了", "页面还可以看；也可以去首页挑挑别的。",
        "This is not for sale any more", "You can still read about it, or look at other goods.",
    ),
    "price_changed": both(
        "价格刚刚变了", "下面是现在的价格，您看可以再提交；没有下单，也没有扣钱。",
        "The price has just changed",
        "Below is the price now. Nothing was ordered; send it again if it suits you.",
    ),
    "out_of_stock": both(
        "库存不够了", "请减少数量或换一个规格；没有下单，也没有扣钱。",
        "Not enough in stock",
        "Please take fewer or choose another option. Nothing was ordered.",
    ),
    "order_unknown": both(
        "没有找到这张订单", "它可能是在另一台手机上下的。",
        "There is no such order here", "It may have been placed on another phone.",
    ),
    "order_not_open": both(
        "这张订单已经在关闭或已关闭", "不用再做什么，商品会放回货架。",
        "This order is closing or closed already", "There is nothing more to do.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "amount_out_of_bounds", "book_unknown", "hold_declined", "hold_id_taken", "hold_settled",
    "hold_unknown", "hold_used", "ids_too_few", "lines_rejected", "list_empty",
    "name_out_of_bounds", "not_yet_due", "nothing_there", "order_id_taken", "order_not_closing",
    "picture_not_listed", "picture_too_large", "picture_unreadable", "price_out_of_bounds",
    "reason_out_of_bounds", "seconds_out_of_bounds", "shop_exists", "shop_has_no_store",
    "sku_unknown", "stock_too_low", "struck_price_not_higher", "taker_unknown", "wrong_book",
)  # fmt: skip
"""Reasons of acts that no page of the storefront asks for: whoever meets one is told so much."""

FAULTS = {
    400: both(
        "这个请求看不懂", "请返回上一页，再点一次。",
        "This request makes no sense to us", "Please go back and try again.",
    ),
    403: both(
        "这个页面放得太久了", "为了安全，请返回上一页、刷新后再提交。没有任何改动。",
        "This page was open for too long",
        "To be safe, please go back, reload and send it again. Nothing was changed.",
    ),
    404: both(
        "没有找到这个页面", "它可能已经下架，或者链接少了一段。",
        "There is no such page", "It may have been taken down, or the link is incomplete.",
    ),
    405: both(
        "这个地址不能这样用", "请从首页重新进入。",
        "This address is not used that way", "Please start again from the front page.",
    ),
    413: both(
        "提交的内容太大了", "请写短一点再试。",
        "What you sent is too large", "Please make it shorter and try again.",
    ),
    422: both(
        "有一项填得不对", "请返回改一下再提交。",
        "Something is not filled in right", "Please go back, correct it and send it again.",
    ),
    429: both(
        "点得太快了", "请歇几秒再试。",
        "That was a little fast", "Please wait a few seconds and try again.",
    ),
    500: both(
        "我们这里出错了", "已经记下来了。请稍后再试；没有扣钱。",
        "Something went wrong on our side",
        "It was noted. Please try again later; you were not charged.",
    ),
    503: both(
        "现在人有点多", "请过几秒再试，您没有做错什么。",
        "A little busy right now", "Please try again in a few seconds; you did nothing wrong.",
    ),
}  # fmt: skip


def refusal(language: str, reason: str, detail: Mapping[str, object]) -> Said:
    """Say why something may not be."""
    return REFUSALS.get(reason, UNFORESEEN).to(language, detail)


def fault(language: str, status: int) -> Said:
    """Say what went wrong."""
    nearest = status if status in FAULTS else 500 if status >= 500 else 400  # noqa: PLR2004 - HTTP's own
    return FAULTS[nearest].to(language, {})
