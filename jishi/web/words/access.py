"""What a reader is told when access refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "key_name_out_of_bounds": both(
        "钥匙要有一个名字，最多 {characters_max} 个字", "写上给哪个程序用，例如“仓库系统”。",
        "A key needs a name of up to {characters_max} characters",
        "Say which program it is for, such as 'warehouse'.",
    ),
    "scopes_unknown": both(
        "没有选择权限，或者有一项权限不认识", "请从列出的权限里选，至少一项。",
        "No scope, or one that is unknown", "Please choose at least one from the list.",
    ),
    "key_ends_in_past": both(
        "有效期已经过了", "请选一个将来的日期，或者留空。",
        "That end is in the past", "Please choose a date to come, or leave it empty.",
    ),
    "too_many_keys": both(
        "在用的钥匙已经有 {keys_max} 把", "请先停用不再用的钥匙。",
        "There are {keys_max} keys in use already", "Please revoke those nobody uses.",
    ),
    "api_key_unknown": both(
        "没有找到这把钥匙", "请回到列表再看一下。",
        "There is no such key", "Please look at the list again.",
    ),
    "api_key_revoked": both(
        "这把钥匙已经停用了", "不用再做什么。",
        "This key is revoked already", "There is nothing more to do.",
    ),
}  # fmt: skip

UNREACHABLE = ("digest_out_of_bounds", "key_id_taken")
"""Reasons that no page can bring about: whoever meets one is told so much."""
