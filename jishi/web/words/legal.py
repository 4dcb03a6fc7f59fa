"""What a reader must be told by law: privacy, the rules of the market, returns. Not yet counsel's.

E-Commerce Law (2018) art. 15, 17, 24, 31, 32, 49; Personal Information Protection Law (2021)
art. 13 to 17, 44 to 50; Consumer Protection Law art. 25; Interim Measures for Seven-Day Returns.
"""

from jishi.web.words.both import both

LEGAL = {
    "privacy": (
        both(
            "我们记什么，为什么",
            "在微信里，您下单或关注时微信告诉我们一个只在本集市有效的编号（openid），用来认出您和收款；在微信外，是您填的手机号或"
            "邮箱。您填的收货人、电话和地址用来送货。浏览不需要登录，也不要求您的头像和昵称。",
            "What we keep, and why",
            "Inside WeChat, when you order or follow, WeChat gives us a number that is good for"
            " this market alone (openid), to know you and to be paid; outside it is the phone"
            " number or mail address you give. Recipient, phone and address are for delivery."
            " Browsing needs no sign-in, and we ask for neither your picture nor your name at"
            " WeChat.",
        ),
        both(
            "我们怎么知道哪里做得不好",
            "我们记下哪些页面被打开、从哪里进来、搜索找到了几件、页面多久显示出来，用来改进集市；不记您搜了什么词，不记"
            "您的网络地址和设备。只有您同意了这份说明，这些才记在您的编号下；没有同意的、删除了账户的，记录里没有您是谁。"
            "这些记录不给任何人。",
            "How we know what is not good enough",
            "To make the market better we record which pages are opened, through which door one"
            " comes in, how many things a search finds and how long a page takes to appear; neither"
            " the words you look for, nor your network address, nor your device. It stands under"
            " your number only if you agreed to this text; of anybody else, and of whoever closed"
            " his account, it does not say who it was. Nobody else gets it.",
        ),
        both(
            "怎么保管",
            "个人信息用每个人自己的密钥加密存放；员工看到的是打码的，要看完整的得有理由，并且留下记录。订单、账目里只有编号，"
            "日志里没有个人信息。",
            "How it is kept",
            "Personal data is sealed with a key of each person's own. Staff see it masked; whoever"
            " needs to see it whole must say why, and it is recorded. Orders and books hold numbers"
            " only, and logs hold none of it.",
        ),
        both(
            "给谁看",
            "给您下单的商家，为了发货和售后；给微信支付，为了收款和退款；给快递公司，为了送到。不卖，不给别人。",
            "Who sees it",
            "The shop you order from, to ship and to help; WeChat Pay, to be paid and to refund;"
            " the carrier, to deliver. It is not sold, and nobody else gets it.",
        ),
        both(
            "存多久",
            "您随时可以导出或删除自己的信息。删除后，交易记录按电子商务法第三十一条保存三年，但上面不再有您是谁。",
            "For how long",
            "You may take your data with you or have it erased at any time. The record of trade is"
            " kept for three years, as art. 31 of the E-Commerce Law wants, without who you are.",
        ),
        both(
            "Cookie",
            "维持购物车、订单、登录和语言所必需的；还有一个只活半小时的，把同一次访问的页面数在一起。没有广告，没有跨站跟踪。",
            "Cookies",
            "Those that carts, orders, sign-in and language need, and one of half an hour that"
            " counts the pages of a visit together: no advertising, no tracking across sites.",
        ),
    ),
    "rules": (
        both(
            "谁在卖",
            "每家小店由它自己的经营者负责；主体信息在每家店的“商家信息”里。平台核对登记信息，并公示自己的。",
            "Who sells",
            "Each shop answers for what it sells; who stands behind it is on its page. The market"
            " checks what is registered, and shows its own.",
        ),
        both(
            "下单和付款",
            "下单成功合同即成立，商家不能单方面取消已付款的订单。付款前您可以检查和修改。货款由微信直接付给商家，平台不经手。",
            "Orders and payment",
            "An order that is placed is a contract; a shop cannot cancel what is paid on its own."
            " You can check and change it before you pay. WeChat pays the shop itself; the market"
            " never holds its money.",
        ),
        both(
            "价格",
            "划线价必须是它之前七天的真实价格。付款前会逐项列明商品、优惠、运费和合计，有变化会先告诉您。",
            "Prices",
            "A struck price must have been the real one for the seven days before. Goods, offers,"
            " freight and total are listed before you pay, and changes are told first.",
        ),
        both(
            "评价和推荐",
            "没有虚构的交易和评价，没有默认勾选，没有强制分享。",
            "Honest trade",
            "No made-up sales or reviews, nothing ticked for you, nobody is made to share.",
        ),
        both(
            "有争议时",
            "先和商家协商；商家不同意，可以请平台裁决，双方都能看到理由。对裁决不满意，"
            "可以向消费者协会或 12315 投诉，也可以起诉。",
            "When you disagree",
            "Talk to the shop first; when it refuses, ask the market for a verdict, whose reasons"
            " both sides see. If that does not satisfy you there are the consumers' association,"
            " 12315, and the courts.",
        ),
        both(
            "规则变更",
            "改动规则会提前七天在这里公示。",
            "When rules change",
            "Changes are shown here seven days before they hold.",
        ),
    ),
    "returns": (
        both(
            "七天无理由退货",
            "除了商品页写明不支持的，签收后七天内、商品完好，不问原因可以退。定做、鲜活易腐、拆封的音像软件、报纸期刊按法律不适用；"
            "其他例外要在下单时请您逐件确认。",
            "Seven days, no reason needed",
            "Unless its page says otherwise, goods in good order can go back within seven days of"
            " receipt. Custom-made and perishable goods, opened media and periodicals are exempt by"
            " law; any other exception you confirm item by item when you order.",
        ),
        both(
            "怎么申请",
            "在订单里点“申请售后”，可以只退款、退货退款或换货，按件申请，可以附照片。"
            "商家 48 小时内不处理就算同意。",
            "How to ask",
            "Choose after-sale on your order: a refund, a return or an exchange, by the piece, with"
            " photographs if you like. A shop that is silent for 48 hours has agreed.",
        ),
        both(
            "退多少，退到哪里",
            "退您为这几件实际付的钱；没发货，或原因在商家，运费也退。钱原路退回微信，一般几分钟，银行卡最长几个工作日。",
            "How much, and where",
            "What you paid for these items; the freight too when nothing was sent or the shop is at"
            " fault. It goes back the way it came, in minutes, or days for a bank card.",
        ),
        both(
            "寄回的运费",
            "无理由退货由您承担，质量问题和发错由商家承担；另有约定的按约定。",
            "Sending it back",
            "You pay for returns without a reason, the shop for faults and wrong goods, unless you"
            " agreed otherwise.",
        ),
    ),
}  # fmt: skip
"""The pages a market must have, section by section."""
