"""What a reader is told when fulfilment refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "order_not_by_parcel": both(
        "这张订单不寄快递", "它在门店自提，或者同城配送；请到那里处理。",
        "This order does not go by parcel", "It is picked up, or brought; please see there.",
    ),
    "courier_unclear": both(
        "配送员的名字或电话不对",
        "名字最多 {characters_max} 个字，电话写手机号或固定电话；没有送出。",
        "The courier's name or number is not right",
        "A name of up to {characters_max} characters and a telephone number. Nothing was sent out.",
    ),
    "order_elsewhere": both(
        "订单现在不能这样做", "它可能已经到下一步了，请刷新看看；没有任何改动。",
        "That cannot be done with the order now",
        "It may have moved on; please reload. Nothing was changed.",
    ),
    "address_changed": both(
        "收货地址刚刚改了", "还没有发货。请看新的地址，换了面单再发。",
        "The address has just been changed",
        "Nothing was sent. Look at the new one, and change the label first.",
    ),
    "order_withheld": both(
        "买家申请了退款，先别发货", "请先在售后里处理；没有发货。",
        "The buyer asks for his money back",
        "Please answer in after-sale first. Nothing was sent.",
    ),
    "parcel_untraceable": both(
        "快递公司或单号不对", "选一家快递；单号是 4 到 40 位字母数字，照着面单再看一遍。",
        "The carrier or the number is not right",
        "Choose a carrier; a number has 4 to 40 letters and digits. Compare with the label.",
    ),
    "packing_unclear": both(
        "包裹里还没有商品", "每样填几件，至少一件。",
        "Nothing is in the parcel yet", "Say how many of each, at least one.",
    ),
    "units_not_left": both(
        "没有这么多可发了", "这样最多还能发 {left} 件；可能同事刚发过，或者已退款。",
        "There are not so many left to send",
        "Up to {left} of it. Somebody may have just sent them, or they were refunded.",
    ),
    "parcel_unknown": both(
        "没有这个包裹", "请从订单里重新打开。",
        "There is no such parcel", "Please open it again from its order.",
    ),
    "too_many_unmaskings": both(
        "今天看过太多收件信息了", "每人每天最多 {times_max} 次；请明天再来，或请同事帮忙。",
        "Too many addresses seen today",
        "At most {times_max} a day each; please come back tomorrow, or ask a colleague.",
    ),
    "file_unclear": both(
        "这个文件看不懂",
        "用 CSV，每行是订单号、快递公司、快递单号，最多 {lines_max} 行；没有发货。",
        "This file makes no sense to us",
        "A CSV with order number, carrier and tracking number, up to {lines_max} lines."
        " Nothing was sent.",
    ),
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

UNREACHABLE = (
    "order_not_same_city",
    "digests_unclear",
    "order_not_for_pickup",
    "order_not_to_prepare",
    "no_code_left",
    "units_left",
    "number_corrected",
    "scans_unclear",
    "no_news",
    "scans_unknown",
    "too_many_scans",
)
"""Reasons that no page can bring about: whoever meets one is told so much."""
