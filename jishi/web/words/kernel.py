"""What a reader is told when any act refuses."""

from jishi.web.words.both import both

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
}  # fmt: skip

UNREACHABLE = (
    "book_unknown",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
