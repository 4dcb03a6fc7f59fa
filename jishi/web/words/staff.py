"""What a reader is told when staff refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "sign_in_wrong": both(
        "登录名或密码不对", "请再试一次；忘了密码就请店主或运营发一个新链接。",
        "That name or password is wrong",
        "Please try again, or ask an owner or the operator for a new link.",
    ),
    "sign_in_locked": both(
        "试错太多次，先锁住了", "请过 {minutes} 分钟再试，或者请店主或运营发一个新链接。",
        "Too many wrong tries",
        "Please try again in {minutes} min, or ask an owner or the operator for a new link.",
    ),
    "link_ended": both(
        "这个链接已经失效", "链接只能用一次，两天内有效。请店主或运营再发一个。",
        "This link is no longer good",
        "A link works once, within two days. Please ask an owner or the operator for another.",
    ),
    "password_weak": both(
        "这个密码太容易猜", "至少 {characters_min} 个字符，不要含登录名，也不要总是同几个字符。",
        "This password is easy to guess",
        "Use at least {characters_min} characters, without your name, and not just a few letters.",
    ),
    "passwords_unlike": both(
        "两次输入的密码不一样", "请再输一次。",
        "The two passwords differ", "Please type it again.",
    ),
    "login_name_out_of_bounds": both(
        "这个登录名不能用", "2 到 60 个小写字母、数字或 . _ @ -，以字母或数字开头。",
        "This name cannot be used",
        "Use 2 to 60 small letters, digits or . _ @ - and begin with a letter or digit.",
    ),
    "login_name_taken": both(
        "这个登录名已经有人用了", "请换一个。",
        "This name is taken", "Please choose another.",
    ),
    "roles_unknown": both(
        "没有选择角色，或者有一个角色不认识", "请从列出的角色里选，至少一个。",
        "No role, or one that is unknown", "Please choose at least one from the list.",
    ),
    "too_many_members": both(
        "员工已经有 {members_max} 位", "请先停用离开的人。",
        "There are {members_max} members already", "Please end the access of those who left.",
    ),
    "member_unknown": both(
        "没有找到这位员工", "请回到列表再看一下。",
        "There is no such member", "Please look at the list again.",
    ),
    "member_left": both(
        "这位员工已经停用", "需要的话请重新邀请。",
        "This member has left", "Invite the person again if need be.",
    ),
    "beyond_own_permissions": both(
        "这超出了您自己的权限", "请店主或平台运营来做。",
        "This goes beyond your own permissions", "Please ask an owner or the operator.",
    ),
    "last_owner": both(
        "最后一位店主不能停用，也不能改成别的角色", "请先让另一位成为店主。",
        "The last owner stays", "Please make somebody else an owner first.",
    ),
    "old_password_wrong": both(
        "现在的密码不对", "请再试一次；忘了就请店主发一个新链接。",
        "The present password is wrong", "Please try again, or ask an owner for a new link.",
    ),
    "code_wrong": both(
        "这个验证码不对", "请看验证器里现在的 6 位数字，或者换一个没用过的备用码。",
        "That code is wrong",
        "Please look at the six digits again, or use a recovery code that was not used.",
    ),
    "code_used": both(
        "这个验证码已经用过", "请等验证器显示下一个，最多半分钟。",
        "That code was used already", "Please wait for the next one, half a minute at most.",
    ),
    "authenticator_set": both(
        "动态验证码已经开启", "要换一个，请先关闭。",
        "There is an authenticator already", "To have another, please switch it off first.",
    ),
    "authenticator_missing": both(
        "没有开启动态验证码", "不用再关。", "There is no authenticator", "Nothing is left to do.",
    ),
    "session_ended": both(
        "这次登录已经结束", "请重新登录。",
        "This session is over", "Please sign in again.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "brake_unknown", "lock_out_noted", "nothing_given_up",
    "authenticator_out_of_bounds",
    "digest_out_of_bounds", "hash_out_of_bounds", "link_id_taken", "notice_kind_unknown",
    "notice_unknown", "notices_seen", "session_id_taken", "staff_id_taken", "workplace_unknown",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
