"""What a reader is told when money refuses."""

from jishi.web.words.both import Both, both

REFUSALS: dict[str, Both] = {
    "credentials_out_of_bounds": both(
        "密钥填得不完整，或者格式不对", "请照微信支付商户平台给的原样填，什么都没有保存。",
        "Something of the keys is missing or malformed",
        "Please copy them as WeChat Pay gives them. Nothing was kept.",
    ),
    "credentials_rejected": both(
        "微信不认这套密钥", "请核对商户号、证书序列号、私钥和公钥，什么都没有保存。",
        "WeChat does not accept these keys",
        "Please check merchant number, serial, private and public key. Nothing was kept.",
    ),
    "wechat_away": both(
        "现在问不到微信", "请过一会儿再保存，什么都没有保存。",
        "WeChat cannot be asked now", "Please save again in a while. Nothing was kept.",
    ),
    "credentials_unknown": both(
        "找不到这套密钥", "请刷新页面再看看。",
        "These keys are not there", "Please reload the page.",
    ),
    "credentials_retired": both(
        "这套密钥已经停用了", "它收过的款照常退。",
        "These keys are retired already", "What they were paid can still be refunded.",
    ),
    "nothing_paid": both(
        "这张订单没有付过款", "没有可以退的钱。",
        "Nothing was paid on this order", "There is nothing to refund.",
    ),
    "note_out_of_bounds": both(
        "请写下查到的原因", "最多 {characters_max} 个字，什么都没有保存。",
        "Please write what you found", "At most {characters_max} characters. Nothing was kept.",
    ),
    "difference_ended": both(
        "这笔差异已经结束了", "它怎么结束的，在“已结束的”里。",
        "This difference has ended already", "How it ended is on the list of ended ones.",
    ),
    "second_person_needed": both(
        "您已经核实过这一笔", "金额较大，请另一位同事也核实一次。",
        "You explained this one already", "It is large: please ask a colleague to explain it too.",
    ),
    "refund_too_large": both(
        "退款金额超过了还能退的金额", "请减少退款金额后再试。",
        "The refund is more than what is left", "Please refund less.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "attempt_id_taken", "attempt_not_open", "attempt_unknown", "code_out_of_bounds",
    "outcome_unknown", "refund_ended", "refund_id_taken", "refund_not_abnormal",
    "refund_reason_unknown", "refund_unknown",
    "way_unknown", "payee_out_of_bounds", "payment_out_of_bounds", "payment_taken",
    "rates_unlikely", "order_settled", "refund_under_way", "nothing_to_settle",
    "bill_out_of_bounds", "day_reconciled", "day_not_over", "person_needed", "nothing_to_state",
    "difference_unknown", "numbers_out_of_bounds", "moment_out_of_bounds", "refund_recorded",
    "answer_out_of_bounds", "answer_noted",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
