"""What a reader is told when people refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "recipient_out_of_bounds": both(
        "请填写收货人，最多 {characters_max} 个字", "写上收件时用的名字。",
        "Please name the recipient, in up to {characters_max} characters",
        "Write the name parcels are taken under.",
    ),
    "person_name_out_of_bounds": both(
        "称呼最多 {characters_max} 个字", "请写短一点，不要换行。",
        "A name has up to {characters_max} characters", "Please make it shorter, on one line.",
    ),
    "phone_unreadable": both(
        "手机号码好像不对", "请填 11 位手机号，或带区号的座机；境外号码请以 + 和国家代码开头。",
        "This phone number does not look right",
        "Please give 11 digits, a landline with its area code, or + and a country code.",
    ),
    "division_not_district": both(
        "请选择省、市、区", "要选到区县这一级。",
        "Please choose province, city and district", "The district is needed too.",
    ),
    "street_out_of_bounds": both(
        "请填写详细地址，最多 {characters_max} 个字", "写上街道、门牌号、楼栋和房号。",
        "Please write the street, in up to {characters_max} characters",
        "Street, number, building and room.",
    ),
    "too_many_addresses": both(
        "收货地址最多 {addresses_max} 个", "请先删除不再用的地址。",
        "There can be {addresses_max} addresses", "Please remove one you do not use any more.",
    ),
    "name_unreadable": both(
        "请填手机号或邮箱", "手机号是 11 位数字，境外的请以 + 和国家代码开头。",
        "Please give a phone number or an address of mail",
        "Numbers from abroad begin with + and the country code.",
    ),
    "messages_not_set_up": both(
        "本店还不能发验证码到这里", "可以换一种方式，或在微信里打开本店。",
        "No code can be sent there", "Please use the other way, or open this shop inside WeChat.",
    ),
    "code_sent_lately": both(
        "刚刚已经发过验证码", "{seconds} 秒后可以再发；收到的那一个还能用。",
        "A code was sent just now",
        "Another can be sent in {seconds} seconds; that one still works.",
    ),
    "too_many_codes": both(
        "今天发的验证码太多了", "请 {minutes} 分钟后再试，或在微信里打开本店。",
        "Too many codes were sent today", "Please try again in {minutes} minutes.",
    ),
    "too_many_askings": both(
        "这里要的验证码太多了", "请 {minutes} 分钟后再试，或在微信里打开本店。",
        "Too many codes were asked for from here", "Please try again in {minutes} minutes.",
    ),
    "code_wrong": both(
        "验证码不对", "请看一下最新收到的那一条。",
        "That is not the code", "Please look at the newest message.",
    ),
    "code_unknown": both(
        "验证码已经失效", "它只能用一次，10 分钟内有效，请再发一个。",
        "This code is over", "It works once, within 10 minutes; please send another.",
    ),
    "code_tried_out": both(
        "试的次数太多了", "这个验证码已经作废，请再发一个。",
        "That was tried too often", "This code is void; please send another.",
    ),
    "identity_elsewhere": both(
        "它已经属于另一个账户", "想用那个账户，请先退出，再用它登录。",
        "This belongs to another account",
        "To use that account, sign out first and sign in with it.",
    ),
    "wechat_code_spent": both(
        "微信登录没有完成", "这一次的登录已经失效，请再点一次“微信登录”。",
        "Signing in with WeChat was not finished", "This try is over; please tap it once more.",
    ),
    "wechat_snapshot": both(
        "您正在看的是快照页", "请点右下角的“使用完整服务”，再回来登录。",
        "You are looking at a snapshot of this page",
        "Tap “use the full service” at the bottom right, then sign in.",
    ),
    "wechat_away": both(
        "微信暂时没有回应", "请过一会儿再试；不登录也可以先下单。",
        "WeChat does not answer just now", "Please try again later; you may order without it.",
    ),
    "wechat_state_foreign": both(
        "这次登录不是从这里开始的", "为了安全没有登录，请在这里重新点“微信登录”。",
        "This sign-in did not begin here", "To be safe nobody was signed in; please start it here.",
    ),
    "wechat_not_set_up": both(
        "本店还没有开通微信登录", "不登录也可以下单和到店自提。",
        "Signing in with WeChat is not set up here", "You may order without it.",
    ),
    "exported_lately": both(
        "今天已经下载了 {times_max} 次", "明天可以再下载；内容没有变化的话，用之前的文件就行。",
        "You took your data {times_max} times today", "You can do so again tomorrow.",
    ),
    "orders_open": both(
        "还有 {orders} 张订单没有结束", "等它们完成或取消以后就可以注销，都列在下面。",
        "{orders} of your orders are not over yet",
        "Once they are complete or cancelled you can close your account; they are listed below.",
    ),
    "cases_open": both(
        "还有 {cases} 件售后在处理", "处理完就可以注销。",
        "{cases} of your cases are not over yet",
        "Once they are settled you can close your account.",
    ),
    "erasure_unconfirmed": both(
        "没有确认，账户还在", "请照着页面上的字输入，再点一次。",
        "It was not confirmed; your account is as it was",
        "Please write the word as it stands on the page, and try again.",
    ),
    "consent_not_given": both(
        "已经撤回过了", "没有需要再做的。",
        "You do not agree to this any more", "There is nothing left to do.",
    ),
    "address_unknown": both(
        "没有找到这个地址", "它可能已经删除，请回到地址列表再看一下。",
        "There is no such address", "It may have been removed; please look at the list again.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "address_id_taken", "code_id_taken", "consent_given_already", "consent_unclear", "id_adopted",
    "identity_known", "identity_out_of_bounds", "identity_unknown", "key_out_of_bounds",
    "person_known", "person_unknown", "seal_out_of_bounds", "signed_out_already",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
