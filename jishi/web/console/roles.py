"""How roles are called."""

from jishi.pages.words import Words


def role_said(role: str, words: Words) -> str:
    """Say a role in the reader's language."""
    _ = words.say
    return {
        "owner": _("店主"),
        "manager": _("店长"),
        "goods": _("商品"),
        "orders": _("订单"),
        "finance": _("财务"),
        "service": _("客服"),
        "store": _("门店"),
        "operator": _("平台运营"),
        "arbiter": _("平台仲裁"),
        "bookkeeper": _("平台财务"),
    }[role]
