"""What a reader is told when something may not be, or went wrong: kindly, with the way out.

Both languages stand side by side here, one file a trade; everything else goes through the
catalogue.
"""

from collections.abc import Mapping

from jishi.web.words import (
    access,
    after_sale,
    discovery,
    fulfilment,
    goods,
    keeping,
    kernel,
    ledger,
    money,
    objections,
    people,
    staff,
    town,
    trade,
    webhooks,
)
from jishi.web.words.both import Both, Said, both

__all__ = ["FAULTS", "LANGUAGE_NAMES", "REFUSALS", "UNFORESEEN", "Said", "fault", "refusal"]

LANGUAGE_NAMES = {"zh-CN": "简体中文", "en": "English"}
"""Each language in its own words, whoever reads."""

UNFORESEEN = both(
    "这一步没有成功", "请返回再试一次；还不行就稍后再来。您的订单和商品没有变化。",
    "That did not work", "Please go back and try again. Nothing of yours has changed.",
)  # fmt: skip

REFUSALS: dict[str, Both] = (
    kernel.REFUSALS
    | access.REFUSALS
    | staff.REFUSALS
    | people.REFUSALS
    | ledger.REFUSALS
    | goods.REFUSALS
    | keeping.REFUSALS
    | money.REFUSALS
    | trade.REFUSALS
    | fulfilment.REFUSALS
    | after_sale.REFUSALS
    | discovery.REFUSALS
    | webhooks.REFUSALS
    | objections.REFUSALS
    | town.REFUSALS
)

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
