"""What staff did, in words; a deed without words of its own is shown by its name."""

from jishi.pages.words import Words

DEEDS = (
    "ShopOpened", "SkuPriced", "CatalogueImported", "PictureUploaded", "ProductSaved",
    "ProductShelved", "CategorySaved", "Restocked", "StockMoved", "FreightSet", "SameCitySet",
    "RatesSet", "CaseAgreed", "CaseRefused", "CaseEscalated", "CaseJudged", "GoodsReceived",
    "GoodsRefused", "ReplacementSent", "ExchangeEnded", "RefundRetried", "PhotographShown",
    "VoucherRedeemed", "ParcelShipped", "OrderSentOut", "ParcelCorrected", "AddressUnmasked",
    "OrderNoted", "OrderCalledOff", "PriceChanged", "AddressChanged",
    "InvoiceIssued", "InvoiceShown",
    "LicenceStated", "OpeningSet", "StoreSaved", "CredentialsSet", "CredentialsRetired",
    "DifferenceExplained", "StatementCut", "ApiKeyIssued", "ApiKeyRevoked", "WebhookAdded",
    "WebhookRemoved", "MemberAdded", "RolesSet", "MembershipEnded", "LinkIssued", "PasswordSet",
    "PasswordChanged", "SignInTried", "LockOutNoted", "SessionOpened", "SessionClosed",
    "OtherSessionsClosed", "AuthenticatorSet", "AuthenticatorRemoved", "SecondStepRequired",
    "CodeUsed", "RecoveryCodeUsed", "TodosRevived", "BrakeReleased", "NoticesSeen",
)  # fmt: skip
"""What can be asked for by its kind."""


def deed_said(name: str, words: Words) -> str:
    """Say what was done."""
    return (goods_said(words) | cases_said(words) | staff_said(words)).get(name, name)


def goods_said(words: Words) -> dict[str, str]:
    """Say what was done about goods and the shop."""
    _ = words.say
    return {
        "ShopOpened": _("开店"), "SkuPriced": _("定价"), "CatalogueImported": _("导入商品"),
        "PictureUploaded": _("上传图片"), "ProductSaved": _("保存商品"),
        "ProductShelved": _("上架或下架"), "CategorySaved": _("保存类目"),
        "Restocked": _("改库存"), "StockMoved": _("门店调拨"),
        "FreightSet": _("设运费"), "SameCitySet": _("设同城配送"), "RatesSet": _("设费率"),
        "DifferenceExplained": _("说明差异"), "StatementCut": _("出对账单"),
        "ApiKeyIssued": _("发接口钥匙"), "ApiKeyRevoked": _("停用接口钥匙"),
        "WebhookAdded": _("加回调地址"), "WebhookRemoved": _("删回调地址"),
        "TodosRevived": _("重试待办"), "BrakeReleased": _("让定时任务继续"),
        "NoticesSeen": _("看过消息"), "LicenceStated": _("公示主体"),
        "OpeningSet": _("开业或停业"), "StoreSaved": _("保存门店"),
        "CredentialsSet": _("设收款商户"), "CredentialsRetired": _("停用收款商户"),
    }  # fmt: skip


def cases_said(words: Words) -> dict[str, str]:
    """Say what was done about cases and orders."""
    _ = words.say
    return {
        "CaseAgreed": _("同意售后"), "CaseRefused": _("拒绝售后"), "CaseEscalated": _("交平台裁决"),
        "CaseJudged": _("平台裁决"), "GoodsReceived": _("收到退货"), "GoodsRefused": _("拒收退货"),
        "ReplacementSent": _("寄出换货"), "ExchangeEnded": _("换货改退款"),
        "RefundRetried": _("重试退款"), "PhotographShown": _("上传照片"),
        "VoucherRedeemed": _("核销自提"), "ParcelShipped": _("发货"),
        "OrderSentOut": _("同城送出"),
        "ParcelCorrected": _("更正单号"), "AddressUnmasked": _("看收件信息"),
        "OrderNoted": _("写备注"), "OrderCalledOff": _("取消订单"), "PriceChanged": _("改价"),
        "AddressChanged": _("改收货地址"),
        "InvoiceIssued": _("开发票"), "InvoiceShown": _("看开票信息"),
    }  # fmt: skip


def staff_said(words: Words) -> dict[str, str]:
    """Say what was done about members, and how they came in."""
    _ = words.say
    return {
        "MemberAdded": _("邀请员工"), "RolesSet": _("改角色"), "MembershipEnded": _("停用员工"),
        "LinkIssued": _("发登录链接"), "PasswordSet": _("用链接设密码"),
        "PasswordChanged": _("修改密码"), "SignInTried": _("尝试登录"),
        "LockOutNoted": _("试错太多次，锁住"), "SessionOpened": _("登录"),
        "SessionClosed": _("退出登录"), "OtherSessionsClosed": _("退出其他浏览器"),
        "AuthenticatorSet": _("开启动态验证码"), "AuthenticatorRemoved": _("关闭动态验证码"),
        "SecondStepRequired": _("改动态验证码的要求"), "CodeUsed": _("用动态验证码"),
        "RecoveryCodeUsed": _("用备用码"),
    }  # fmt: skip
