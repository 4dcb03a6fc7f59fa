"""What a reader is told when trade refuses."""

from jishi.web.words.both import both

REFUSALS = {
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
    "not_confirmed": both(
        "有商品不支持七天无理由退货", "请先在下面勾选确认，再提交。",
        "Some of this cannot be returned without a reason",
        "Please confirm that below, then send it again.",
    ),
    "person_max_reached": both(
        "这件商品每人限购 {person_max} 件", "请减少数量；以前买过的也算在内。",
        "Each person may buy {person_max} of this",
        "Please take fewer; what you bought before counts too.",
    ),
    "destination_unclear": both(
        "还没有选好怎么收货", "请选一个收货地址，或者到店自取。",
        "It is not clear yet where this should go",
        "Please choose an address, or collect it in the store.",
    ),
    "not_deliverable": both(
        "这个地区暂时不送", "请换一个地址，或者到店自取；没有下单，也没有扣钱。",
        "This shop does not deliver there",
        "Please choose another address, or collect it. Nothing was ordered.",
    ),
    "below_minimum": both(
        "这单还不到起送金额", "再加一些商品，或者改用快递、到店自取；没有下单，也没有扣钱。",
        "This order is too small to be brought",
        "Please add something, have it sent by parcel, or collect it. Nothing was ordered.",
    ),
    "same_city_out_of_bounds": both(
        "有一个金额不对", "配送费最多 10000 元，写成数字，比如 6 或 6.50；没有保存。",
        "One of the amounts is not right",
        "The fee is up to 10,000 yuan; write figures such as 6 or 6.50. Nothing was saved.",
    ),
    "same_city_nowhere": both(
        "还没有选区县", "至少选一个送得到的区县，或者先不提供；没有保存。",
        "No district is chosen yet",
        "Choose one at least, or do not offer it for now. Nothing was saved.",
    ),
    "address_settled": both(
        "现在不能改地址了", "付款后、发货前可以改；已经发出的请联系商家或快递。",
        "The address cannot be changed now",
        "It can be between payment and shipping; afterwards please ask the shop or the carrier.",
    ),
    "address_unchanged": both(
        "本来就寄到这里", "没有改动；要改就选另一个地址。",
        "The order goes there already", "Nothing was changed; choose another address.",
    ),
    "freight_differs": both(
        "寄到那里的运费不一样", "地址没有改。可以选一个运费相同的地址，或请商家退款后重新下单。",
        "Delivery there costs something else",
        "Nothing was changed. Choose a place with the same charge, or ask for a refund and order"
        " again.",
    ),
    "freight_changed": both(
        "运费刚刚变了", "下面是现在的运费，您看可以再提交；没有下单，也没有扣钱。",
        "The delivery charge has just changed",
        "Below is the charge now. Nothing was ordered; send it again if it suits you.",
    ),
    "too_many_notes": both(
        "这张订单已有 {notes_max} 条备注", "没有再记；请到已有的备注里看看。",
        "This order has {notes_max} notes already", "Nothing was added; please read those.",
    ),
    "prices_unclear": both(
        "价格看不懂", "每一行都写成元，最多两位小数，例如 12.50；没有改价。",
        "The prices are not clear", "Write each in yuan, such as 12.50. Nothing was changed.",
    ),
    "price_not_lower": both(
        "改价只能往低改", "至少有一行要比现在低，没有一行可以高；没有改价。",
        "A price can only be lowered",
        "At least one must be lower than now, and none higher. Nothing was changed.",
    ),
    "invoice_title_unclear": both(
        "请写发票抬头，最多 {characters_max} 个字", "个人写姓名，公司写全称；还没有申请。",
        "Please write whom the invoice names, up to {characters_max} characters",
        "Your name, or the company's full name. Nothing was sent.",
    ),
    "tax_number_unclear": both(
        "税号不对", "公司税号是 15 到 20 位数字和大写字母；开给个人可以不填。",
        "The tax number is not right",
        "A company's has 15 to 20 digits and capital letters; a person needs none.",
    ),
    "invoice_mail_unclear": both(
        "电子邮箱不对", "例如 name@example.com；也可以不填。",
        "The mail address is not right", "Such as name@example.com; or leave it empty.",
    ),
    "invoice_kind_unknown": both(
        "请选开给个人还是公司", "选好再提交，其他内容都还在。",
        "Please say whether it is for a person or a company",
        "Choose one and send it again; everything else is kept.",
    ),
    "order_not_to_invoice": both(
        "这张订单现在不能申请发票", "付款以后可以申请；退款关闭的订单没有发票。",
        "No invoice can be asked for this order now",
        "You can ask once it is paid; a closed order has none.",
    ),
    "invoice_issued": both(
        "发票已经开出了", "号码在下面；要改请联系商家。",
        "The invoice is issued already", "Its number is below; to change it contact the shop.",
    ),
    "invoice_asked_too_often": both(
        "这张订单最多申请 {times_max} 次", "上一次的内容还有效；要改请联系商家。",
        "You can ask {times_max} times for an order",
        "What you asked last still holds; to change it contact the shop.",
    ),
    "no_invoice_asked": both(
        "买家没有申请发票", "买家在订单页申请以后，这里才能开。",
        "The buyer asked for no invoice", "It can be issued once he asks on his order's page.",
    ),
    "invoice_number_unclear": both(
        "发票号码不对", "数电票 20 位，老发票 8 位，都是数字；还没有记下。",
        "The invoice number is not right",
        "A digital invoice has 20 digits, an older one 8. Nothing was written down.",
    ),
    "invoice_number_taken": both(
        "这个号码是另一张订单的发票", "请核对号码；还没有记下。",
        "Another order's invoice has this number",
        "Please compare it. Nothing was written down.",
    ),
    "freight_template_changed": both(
        "刚刚有人改过运费", "请先看看现在的，再改。",
        "Somebody changed the freight meanwhile", "Please look at it before you change it.",
    ),
    "freight_place_missing": both(
        "还没有选地区", "请勾选省或市；想包括没有列出的地方，选“其余地区”。",
        "No place is chosen", "Please choose provinces or cities, or “Everywhere else”.",
    ),
    "freight_last_zone": both(
        "至少要留一条", "想全国包邮，就把首费和续费改成 0。",
        "One line stays", "For free delivery everywhere set its prices to 0.",
    ),
    "division_unknown": both(
        "有一个地区代码不对", "请用 2、4 或 6 位行政区划代码。",
        "One of the areas has no such code", "Please use division codes of 2, 4 or 6 digits.",
    ),
    "division_twice": both(
        "同一个地区写了两次", "每个地区只能在一条里。",
        "An area is named twice", "Each area belongs to one line only.",
    ),
    "freight_out_of_bounds": both(
        "运费模板有一项不对", "每条的首件、续件至少 1，金额不能是负数；最多 {zones_max} 条。",
        "A number in the template is out of bounds",
        "Steps are 1 or more, amounts not negative, up to {zones_max} lines.",
    ),
    "cart_full": both(
        "购物车最多放 {lines_max} 种商品", "请先结算或移出几种。",
        "A cart holds up to {lines_max} different items", "Please order or take out some first.",
    ),
    "purchase_out_of_bounds": both(
        "一次最多结算 {shops_max} 家店", "请少选几家，其余的留在购物车里。",
        "You can order from up to {shops_max} shops at once",
        "Please choose fewer; the rest stays in your cart.",
    ),
    "purchase_over": both(
        "这次提交没有全部成功", "已经全部放回，没有扣钱。请再提交一次。",
        "Not all of it could be ordered",
        "Everything was put back; you were not charged. Please send it again.",
    ),
    "order_unknown": both(
        "没有找到这张订单", "它可能是在另一台手机上下的。",
        "There is no such order here", "It may have been placed on another phone.",
    ),
    "order_not_open": both(
        "这张订单已经在关闭或已关闭", "不用再做什么，商品会放回货架。",
        "This order is closing or closed already", "There is nothing more to do.",
    ),
    "pay_time_over": both(
        "付款时间已经过了", "订单马上会自动关闭，没有扣钱；还想要就再下一单。",
        "The time to pay is over", "The order closes by itself. You were not charged.",
    ),
    "nothing_to_pay": both(
        "这张订单不用付钱", "商家会直接联系您，不用再做什么。",
        "This order costs nothing", "There is nothing to pay.",
    ),
    "payment_open": both(
        "付款已经开始了", "请用下面的二维码付款，不会重复扣钱。",
        "Paying has begun already", "Please use the code below; you will not be charged twice.",
    ),
    "shop_cannot_be_paid": both(
        "这家店现在收不了款", "商家还没有接通微信支付。没有扣钱，订单到时自动取消。",
        "This shop cannot be paid now",
        "It has no account with WeChat Pay yet. You were not charged; the order ends by itself.",
    ),
    "nothing_to_pay_together": both(
        "没有要一起付款的订单了", "请打开每张订单，看看它是不是已经付款或关闭。",
        "There is nothing left to pay together", "Please see on each order where it stands.",
    ),
    "no_payment_open": both(
        "现在没有进行中的付款", "请回到订单页，看看订单是不是已经付款或关闭。",
        "No payment is under way", "Please see on the order whether it is paid or closed.",
    ),
    "paying_not_set_up": both(
        "这里还不能付款", "微信支付还没有接通。订单先为您留着，没有扣钱。",
        "Paying is not set up here", "Your order is kept for now. You were not charged.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "nothing_to_merge", "order_id_taken", "order_not_closing", "order_not_free", "remark_unknown",
    "purchase_id_taken", "combined_out_of_bounds", "purchase_unknown",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
