"""What a merchant does about a complaint: answer, decide on a refund, say that it is done."""

from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.complaints.kept import PROCESSED, PROCESSING, Step, listed, take_step
from jishi.sandbox.complaints.listing import ALL, own_complaint
from jishi.sandbox.doors import pay

CONTENT_MAX, IMAGES_MAX, REASON_MAX = 200, 4, 200
MERCHANT = "商家"
DONE = Refusal(400, "INVALID_REQUEST", "投诉单已处理完成")


class Reply(Asked, frozen=True):
    """An answer to the payer."""

    complainted_mchid: str
    response_content: str
    response_images: list[str] | None = None
    jump_url: str | None = None
    jump_url_text: str | None = None
    mini_program_jump_info: dict[str, str] | None = None


class Completion(Asked, frozen=True):
    """It is dealt with."""

    complainted_mchid: str


class RefundDecision(Asked, frozen=True):
    """What becomes of the refund that was asked for; a refusal has its reason."""

    action: str
    launch_refund_day: int | None = None
    reject_reason: str | None = None
    reject_media_list: list[str] | None = None
    remark: str | None = None


@pay("POST", f"{ALL}/{{complaint_id}}/response")
async def reply(call: PayCall, asked: Reply) -> Refusal | None:
    """Answer the payer; the complaint is being dealt with from now on."""
    found = await own_complaint(call)
    if isinstance(found, Refusal):
        return found
    if asked.complainted_mchid != call.merchant.mchid:
        return bad_parameter("/complainted_mchid", "与投诉单的商户号不一致")
    if not 1 <= len(asked.response_content) <= CONTENT_MAX:
        return bad_parameter("/response_content", f"长度为1-{CONTENT_MAX}个字符")
    if len(asked.response_images or ()) > IMAGES_MAX:
        return bad_parameter("/response_images", f"最多{IMAGES_MAX}张")
    if found.state == PROCESSED:
        return DONE
    step = Step(
        MERCHANT, "MERCHANT_RESPONSE", "MERCHANT_RESPONSE", asked.response_content,
        listed(asked.response_images),
    )  # fmt: skip
    await take_step(call.tx, found, step, state=PROCESSING, is_reply_awaited=False)
    return None


@pay("POST", f"{ALL}/{{complaint_id}}/complete")
async def complete(call: PayCall, asked: Completion) -> Refusal | None:
    """Say that a complaint is dealt with: only after an answer; saying so again changes nothing."""
    found = await own_complaint(call)
    if isinstance(found, Refusal):
        return found
    if asked.complainted_mchid != call.merchant.mchid:
        return bad_parameter("/complainted_mchid", "与投诉单的商户号不一致")
    if found.state == PROCESSED:
        return None
    if found.is_reply_awaited:
        return Refusal(400, "INVALID_REQUEST", "请先回复用户，再反馈处理完成")
    step = Step(MERCHANT, "MERCHANT_CONFIRM_COMPLETE", "MERCHANT_CONFIRM_COMPLETE")
    await take_step(call.tx, found, step, state=PROCESSED, is_reply_awaited=False)
    return None


@pay("POST", f"{ALL}/{{complaint_id}}/update-refund-progress")
async def decide_refund(call: PayCall, asked: RefundDecision) -> Refusal | None:
    """Grant or refuse the refund that the payer asked for; money moves by a refund as any other."""
    found = await own_complaint(call)
    if isinstance(found, Refusal):
        return found
    if found.problem_type != "REFUND":
        return Refusal(400, "INVALID_REQUEST", "非申请退款类型的投诉单，不能更新退款进度")
    if found.state == PROCESSED:
        return DONE
    if asked.action == "REJECT":
        if not 1 <= len(asked.reject_reason or "") <= REASON_MAX:
            return bad_parameter("/reject_reason", "拒绝退款时必填")
        step = Step(
            MERCHANT, "MERCHANT_REJECT_REFUND", "MERCHANT_REJECT_REFUND",
            asked.reject_reason or "", listed(asked.reject_media_list),
        )  # fmt: skip
    elif asked.action == "APPROVE":
        step = Step(MERCHANT, "MERCHANT_APPROVE_REFUND", "MERCHANT_APPROVE_REFUND")
    else:
        return bad_parameter("/action", "取值为APPROVE或REJECT", value=asked.action)
    await take_step(call.tx, found, step, state=PROCESSING, is_reply_awaited=False)
    return None
