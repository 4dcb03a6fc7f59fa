"""What staff are told when keeping a shop is refused."""

from jishi.web.words.both import both

REFUSALS = {
    "name_out_of_bounds": both(
        "名称或网址里的名字不对", "名称 1 到 {characters_max} 个字；网址里只用字母、数字、横线。",
        "The name or the address is not right",
        "A name has 1 to {characters_max} characters; an address only letters, digits, dashes.",
    ),
    "shop_exists": both(
        "已经有小店用这个网址了", "请换一个；其他内容都还在。",
        "Another shop has this address", "Please choose another; the rest is kept.",
    ),
    "seller_unnamed": both(
        "请写经营者的名称", "与营业执照一致，最多 {characters_max} 个字；其他内容都还在。",
        "Please give the seller's name",
        "As on the business licence, up to {characters_max} characters; the rest is kept.",
    ),
    "registration_wrong": both(
        "统一社会信用代码不对", "18 位数字和大写字母，最后一位是校验位；请对照执照再看一遍。",
        "The social credit code is wrong",
        "18 digits and capital letters, the last one a check; please compare with the licence.",
    ),
    "exemption_unknown": both(
        "填信用代码，或者选一项免登记的理由", "两者填一个，不能都填。",
        "Give the code, or choose why none is needed", "One of the two, not both.",
    ),
    "seller_unreachable": both(
        "请留电话或邮箱", "买家和监管要能联系到您；每栏最多 {characters_max} 个字，一行写完。",
        "Please give a phone or a mail address",
        "Buyers must be able to reach you; each field is one line of up to {characters_max}.",
    ),
    "licence_missing": both(
        "还没有主体信息", "法律要求先公示经营者，才能开业；请先填下面的主体信息。",
        "Nobody says yet who sells",
        "The law wants the seller known before the shop opens; please fill in who sells.",
    ),
    "shop_listed": both(
        "已经开业的小店不能再试营业", "已有买家；要停止请提前 30 天公示停业。",
        "A shop that is open cannot go back on trial",
        "It has buyers; to stop, announce its closing thirty days before.",
    ),
    "notice_out_of_bounds": both(
        "停业要提前公示", "请填 {days_min} 到 365 天；电子商务法要求提前三十天。",
        "Closing takes notice",
        "Please give {days_min} to 365 days; the E-Commerce Law wants thirty.",
    ),
    "opening_not_ready": both(
        "还不能开业", "清单里还有没完成的，做完再来；没有任何改动。",
        "Not ready to open", "Some of the list is not done yet. Nothing was changed.",
    ),
}  # fmt: skip

UNREACHABLE = ("opening_unknown", "shop_unknown")
"""Reasons that no page can bring about."""
