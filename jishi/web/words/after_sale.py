"""What a reader is told when after-sale refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "case_unknown": both(
        "没有找到这个售后申请", "请从订单里重新打开。",
        "There is no such request here", "Please open it again from your order.",
    ),
    "case_elsewhere": both(
        "这个售后已经到下一步了", "请看看下面现在的进度；没有任何改动。",
        "This request has moved on", "Please see below where it stands. Nothing was changed.",
    ),
    "order_not_in_after_sale": both(
        "这张订单现在不能申请售后", "付款后、订单完成前可以申请；超过时间请联系商家。",
        "Nothing can be asked for this order now",
        "You can ask once it is paid and until it is completed; later, please contact the shop.",
    ),
    "line_unknown": both(
        "订单里没有这件商品", "请回到订单，重新选择。",
        "The order has no such item", "Please go back to the order and choose again.",
    ),
    "kind_unknown": both(
        "现在不能这样申请", "还没发货的商品只能退款，不用寄回。",
        "That cannot be asked for now", "What was not sent can only be refunded.",
    ),
    "case_reason_unknown": both(
        "请选一个合适的原因",
        "七天无理由要选退货退款，没有收到要选仅退款；其他的选最接近的，写在说明里。",
        "Please choose a reason that fits",
        "No reason given needs a return, not received a refund only; else take the nearest, and"
        " write the rest in your own words.",
    ),
    "text_out_of_bounds": both(
        "说明要写，最多 {characters_max} 个字", "请改一下再提交，其他内容都还在。",
        "Please write something, up to {characters_max} characters",
        "Change it and send it again; everything else is kept.",
    ),
    "units_claimed": both(
        "最多还能申请 {left} 件", "其他的已经在售后中或退过了，请改一下数量。",
        "You can ask for up to {left}",
        "The others are in another request or refunded. Please change the number.",
    ),
    "too_many_attempts": both(
        "这件商品最多申请 {attempts_max} 次", "请在已有的申请里继续，或联系商家、平台。",
        "You can ask up to {attempts_max} times about an item",
        "Please go on in what you asked before, or contact the shop or the market.",
    ),
    "nothing_to_refund": both(
        "这件商品没有可以退的钱", "它没有收费；有问题可以申请换货。",
        "There is nothing to refund", "It cost nothing; you may ask for an exchange.",
    ),
    "refund_out_of_bounds": both(
        "退款金额超出了可退的钱", "请改一下金额；最多退这几件实付的钱。没有任何改动。",
        "The refund is more than may go back",
        "Please change it: at most what was paid for these. Nothing was changed.",
    ),
    "parcel_unclear": both(
        "请写快递公司和单号", "各 1 到 40 个字，写错了就收不到。",
        "Please name the carrier and the number", "Up to 40 characters each.",
    ),
    "count_out_of_bounds": both(
        "收到的件数不对", "好的和坏的加起来，1 到 {quantity} 件；没收到就不要确认。",
        "The count is not right",
        "Good and damaged together are 1 to {quantity}. If nothing came, do not confirm.",
    ),
    "verdict_unknown": both(
        "请选一个裁决", "退款、先寄回，或者关闭；没发货的不能寄回。",
        "Please choose a verdict",
        "Refund, return first, or close; what was not sent is not returned.",
    ),
    "refund_open": both(
        "上一笔退款还没有结果", "微信那边处理完再重试；没有再退一次。",
        "The last refund has no outcome yet",
        "Try again once WeChat has closed it. Nothing was refunded twice.",
    ),
    "too_many_photographs": both(
        "最多 {photographs_max} 张照片", "已有的都保留着；说不清的写在说明里。",
        "Up to {photographs_max} photographs",
        "Those that are there are kept; write the rest in your own words.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "case_id_taken", "case_open", "doer_unknown", "order_not_refunded",
    "photograph_known", "nothing_to_lower",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
