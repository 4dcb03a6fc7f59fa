"""Pay's refusals in WeChat's own words, each with the number that ends its Request-ID.

Sources: WeChat Pay v3, the error tables of the operations and their questions and answers; the
troubleshooting notes for the numbers. Where those name none, the number is that of a bad request.
"""

from jishi.sandbox.answers import Refusal, bad_parameter

REENTRY, PAID_AT_PREPAY, PAID_AT_CLOSE = 268498688, 268498689, 268449538
NOT_BOUND, OPENID_NEEDED, CANNOT_CLOSE, NO_ORDER = 268445527, 268501013, 268449641, 268512771

no_order = Refusal(404, "ORDER_NOT_EXIST", "订单不存在", NO_ORDER)
paid_at_prepay = Refusal(400, "ORDER_PAID", "该订单已支付", PAID_AT_PREPAY)
paid_at_close = Refusal(400, "ORDER_PAID", "该订单已支付，不能关闭", PAID_AT_CLOSE)
cannot_close = Refusal(400, "INVALID_REQUEST", "订单下单已超过7天，不能关闭", CANNOT_CLOSE)
order_closed = Refusal(400, "ORDER_CLOSED", "该订单已关闭")
order_expired = Refusal(400, "ORDER_CLOSED", "该订单已过期，请重新下单")
changed_reentry = Refusal(
    400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致，请核实后再试", REENTRY
)
not_bound = Refusal(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配，请检查后再试", NOT_BOUND)
wrong_openid = Refusal(400, "INVALID_REQUEST", "appid与openid不匹配")
openid_needed = Refusal(
    400, "PARAM_ERROR", "JSAPI支付必须传openid", OPENID_NEEDED, "/payer/openid", "必填"
)
unknown_sub_merchant = Refusal(400, "MCH_NOT_EXISTS", "商户号不存在")
other_sub_orders = Refusal(400, "INVALID_REQUEST", "请求关单的子单信息与下单时的子单信息不一致")
combined_elsewhere = Refusal(400, "INVALID_REQUEST", "合单订单请使用合单关单接口")
no_paid_order = Refusal(404, "RESOURCE_NOT_EXISTS", "订单不存在", NO_ORDER)
no_refund = Refusal(404, "RESOURCE_NOT_EXISTS", "退款单不存在", NO_ORDER)
changed_refund = Refusal(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试")
other_total = Refusal(400, "INVALID_REQUEST", "原订单金额与订单实际金额不一致，请核实后再试")
too_late_to_refund = Refusal(400, "INVALID_REQUEST", "订单已超过一年，不能退款")
too_many_refunds = Refusal(400, "INVALID_REQUEST", "订单部分退款次数已达50次")
too_much_refunded = Refusal(400, "INVALID_REQUEST", "累计退款金额大于订单金额")
not_abnormal = Refusal(400, "INVALID_REQUEST", "退款单状态不是退款异常，不能发起异常退款")


def not_revealed(field: str) -> Refusal:
    """Refuse a field that was not hidden with the key that the request names."""
    words = "敏感字段解密失败，请检查加密所用的证书或公钥与Wechatpay-Serial是否一致"
    return bad_parameter(field, words)
