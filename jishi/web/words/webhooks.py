"""What a reader is told when webhooks refuse."""

from jishi.web.words.both import both

REFUSALS = {
    "webhook_url_out_of_bounds": both(
        "这个地址不能用", "请填 https 开头的公网地址，最多 500 个字符，不带账号密码。",
        "This address cannot be used",
        "Please give an https address on the open network, without a password in it.",
    ),
    "webhook_kinds_unknown": both(
        "没有选择事件，或者有一种事件不认识", "请从列出的事件里选，至少一种。",
        "No kind of event, or one that is unknown", "Please choose at least one from the list.",
    ),
    "too_many_webhooks": both(
        "最多 {webhooks_max} 个接收地址", "请先删掉不再用的。",
        "There are {webhooks_max} addresses already", "Please remove those nobody uses.",
    ),
    "webhook_unknown": both(
        "没有找到这个接收地址", "请回到列表再看一下。",
        "There is no such webhook", "Please look at the list again.",
    ),
    "replay_out_of_bounds": both(
        "没有这个编号的事件", "请填 1 到 {number_max} 之间的编号。",
        "No event has this number", "Please give a number from 1 to {number_max}.",
    ),
}  # fmt: skip

UNREACHABLE = ("webhook_id_taken",)
"""Reasons that no page can bring about: whoever meets one is told so much."""
