"""What a reader is told when fulfilment refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "too_many_wrong_codes": both(
        "错的提货码太多了", "请过 {minutes} 分钟再试；或者请店长按订单号查。没有交出商品。",
        "Too many wrong codes",
        "Please try again in {minutes} minutes, or let the manager find the order by its number.",
    ),
    "code_mistyped": both(
        "提货码少了或错了一位", "提货码是 12 位数字，请对着买家的手机再输一次。",
        "A digit of the code is missing or wrong",
        "It has 12 digits. Please type it again from the buyer's phone.",
    ),
    "voucher_unknown": both(
        "本店没有这个提货码", "请买家打开订单页再核对一次。没有交出商品。",
        "This shop has no such code",
        "Please let the buyer open the order and compare. Nothing was handed out.",
    ),
    "voucher_of_another_shop": both(
        "这是另一家小店的提货码", "请买家到订单上写的门店去取。没有交出商品。",
        "This code is another shop's",
        "Please send the buyer to the store named on the order. Nothing was handed out.",
    ),
    "voucher_of_another_store": both(
        "这张订单在别的门店取货", "下面写着是哪家门店；商品在那里。没有交出商品。",
        "This order waits in another store",
        "Its store is named below. Nothing was handed out.",
    ),
    "voucher_redeemed": both(
        "这个提货码已经用过了", "下面写着什么时候、谁核销的；不要再交一次商品。",
        "This code was used already",
        "Below is when, and by whom. Do not hand the goods out again.",
    ),
    "voucher_withheld": both(
        "买家正在申请退款", "先在售后里处理，再来交付；现在不要交出商品。",
        "The buyer is asking for a refund",
        "Please answer that first, then hand out. Do not hand the goods out now.",
    ),
    "voucher_lapsed": both(
        "这张订单已经退款或关闭", "提货码作废了，不要交出商品。",
        "This order is refunded or closed", "Its code is void. Do not hand the goods out.",
    ),
}  # fmt: skip

UNREACHABLE = ("digests_unclear", "order_not_for_pickup", "order_not_to_prepare", "no_code_left")
"""Reasons that no page can bring about: whoever meets one is told so much."""
