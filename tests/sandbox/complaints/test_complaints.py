"""Complaints: made, looked up, answered, decided and dealt with; told to whoever wants to hear."""

from datetime import timedelta
from typing import Any

from jishi.ports.wechat.sealing import reveal
from jishi.sandbox.certificates import read_private
from jishi.sandbox.pay.rules import BEIJING
from tests.sandbox.judged import said
from tests.sandbox.pay.shop import Receiver, Stage, paid, play, refund_of, told
from tests.sandbox.scene import Scene, opened_notice

ALL = "/v3/merchant-service/complaints-v2"
ADDRESS = "/v3/merchant-service/complaint-notifications"
HERE = {"url": "http://shop.test/complaints"}


async def ask(scene: Scene, method: str, path: str, body: Any = None) -> Any:
    """Call, and see that it was taken and signed. The public description has no such paths."""
    answer = scene.verified(await scene.signed(method, path, body))
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def complain(scene: Scene, **changed: Any) -> tuple[str, str]:
    """Complain of a new payment; give the complaint's number and the order's."""
    out_trade_no, transaction_id = await paid(scene)
    body = {"transaction_id": transaction_id, "detail": "东西碎了", "problem_type": "REFUND",
            "apply_refund_fen": 1_299} | changed  # fmt: skip
    made = await scene.control("POST", "/sandbox/complaints", body)
    return made["complaint_id"], out_trade_no


def days(scene: Scene, before: int = 0) -> str:
    """Give the query of today, or of so many days."""
    today = scene.world.clock.now().astimezone(BEIJING).date()
    return f"begin_date={today - timedelta(days=before)}&end_date={today}"


def of_merchant(scene: Scene, **more: str) -> dict[str, str]:
    return {"complainted_mchid": scene.merchant.mchid, **more}


def test_a_complaint_is_shown_to_its_merchant_alone(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        number, out_trade_no = await complain(scene)
        page = await ask(scene, "GET", f"{ALL}?{days(scene)}&limit=50")
        [shown] = [each for each in page["data"] if each["complaint_id"] == number]
        assert shown == await ask(scene, "GET", f"{ALL}/{number}") | {
            "payer_phone": shown["payer_phone"]
        }
        assert shown["complaint_state"] == "PENDING"
        assert shown["complaint_order_info"][0]["out_trade_no"] == out_trade_no
        assert shown["apply_refund_amount"] == 1_299
        assert shown["complaint_full_refunded"] is False
        key = read_private(scene.merchant.private_pem)
        assert reveal(key, shown["payer_phone"]) == scene.people[0].phone
        other = await scene.signed("GET", f"{ALL}/{number}", merchant=scene.merchants[1])
        assert said(other)[:2] == (404, "RESOURCE_NOT_EXISTS")

    play(pay_stage, scene)


def test_a_complaint_is_answered_decided_and_dealt_with(pay_stage: Stage) -> None:
    receiver = Receiver()

    async def scene(scene: Scene) -> None:
        await scene.signed("DELETE", ADDRESS)
        await ask(scene, "POST", ADDRESS, HERE)
        number, out_trade_no = await complain(scene)
        path = f"{ALL}/{number}"
        early = await scene.signed("POST", f"{path}/complete", of_merchant(scene))
        assert said(early)[2] == "请先回复用户，再反馈处理完成"
        words = of_merchant(scene, response_content="马上退给您")
        await ask(scene, "POST", f"{path}/response", words)
        assert (await ask(scene, "GET", path))["complaint_state"] == "PROCESSING"
        await ask(scene, "POST", f"{path}/update-refund-progress", {"action": "APPROVE"})
        refund = refund_of(out_trade_no, 1_299, 1_299, notify_url=None)
        await ask(scene, "POST", "/v3/refund/domestic/refunds", refund)
        await ask(scene, "POST", f"{path}/complete", of_merchant(scene))
        await ask(scene, "POST", f"{path}/complete", of_merchant(scene))
        shown = await ask(scene, "GET", path)
        assert shown["complaint_state"] == "PROCESSED"
        assert shown["complaint_full_refunded"] is True
        late = await scene.signed("POST", f"{path}/response", words)
        assert said(late)[2] == "投诉单已处理完成"
        steps = await ask(scene, "GET", f"{path}/negotiation-historys?limit=50&offset=0")
        assert [each["operate_type"] for each in reversed(steps["data"])] == [
            "USER_CREATE_COMPLAINT", "MERCHANT_RESPONSE", "MERCHANT_APPROVE_REFUND",
            "MERCHANT_CONFIRM_COMPLETE",
        ]  # fmt: skip
        await scene.control("POST", f"/sandbox/complaints/{number}/messages", {"text": "还没到"})
        again = await ask(scene, "GET", path)
        assert (again["complaint_state"], again["incoming_user_response"]) == ("PENDING", True)
        await scene.due()
        complaints = [each for each in receiver.taken
                      if told(each)["event_type"].startswith("COMPLAINT.")]  # fmt: skip
        events = [told(each)["event_type"] for each in complaints]
        assert set(events) == {"COMPLAINT.CREATE", "COMPLAINT.STATE_CHANGE"}
        actions = [opened_notice(scene.merchant, each.body)["action_type"]
                   for each in complaints]  # fmt: skip
        assert set(actions) == {
            "CREATE_COMPLAINT", "MERCHANT_RESPONSE", "MERCHANT_APPROVE_REFUND",
            "MERCHANT_CONFIRM_COMPLETE", "CONTINUE_COMPLAINT",
        }  # fmt: skip
        await ask(scene, "DELETE", ADDRESS)

    play(pay_stage, scene, receiver=receiver)


def test_an_address_is_set_once_then_changed(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await scene.signed("DELETE", ADDRESS)
        assert said(await scene.signed("GET", ADDRESS))[:2] == (404, "RESOURCE_NOT_EXISTS")
        assert said(await scene.signed("PUT", ADDRESS, HERE))[0] == 404
        wrong = await scene.signed("POST", ADDRESS, {"url": "http://shop.test/a?b=c"})
        assert said(wrong)[1] == "PARAM_ERROR"
        made = await ask(scene, "POST", ADDRESS, HERE)
        assert made == {"mchid": scene.merchant.mchid, **HERE}
        assert said(await scene.signed("POST", ADDRESS, HERE))[1] == "INVALID_REQUEST"
        other = {"url": "https://shop.test/other"}
        assert (await ask(scene, "PUT", ADDRESS, other))["url"] == other["url"]
        assert (await ask(scene, "GET", ADDRESS))["url"] == other["url"]
        await ask(scene, "DELETE", ADDRESS)
        assert said(await scene.signed("DELETE", ADDRESS))[0] == 404

    play(pay_stage, scene)


def test_what_is_not_as_it_must_be_is_refused(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        number, _ = await complain(scene, problem_type="OTHERS", apply_refund_fen=0)
        path = f"{ALL}/{number}"
        for target, body in (
            ("response", of_merchant(scene, response_content="")),
            ("response", {"complainted_mchid": "1", "response_content": "好"}),
            ("response", of_merchant(scene, response_content="长" * 201)),
            ("complete", {"complainted_mchid": "1"}),
        ):
            answer = await scene.signed("POST", f"{path}/{target}", body)
            assert said(answer)[:2] == (400, "PARAM_ERROR"), body
        approval = {"action": "APPROVE"}
        refund = await scene.signed("POST", f"{path}/update-refund-progress", approval)
        assert said(refund)[1] == "INVALID_REQUEST"
        good = days(scene)
        for query in ("limit=1", "begin_date=x&end_date=y", days(scene, 31), f"{good}&limit=51",
                      f"{good}&offset=-1"):  # fmt: skip
            assert said(await scene.signed("GET", f"{ALL}?{query}"))[1] == "PARAM_ERROR", query
        foreign = f"{ALL}?{days(scene)}&complainted_mchid={scene.merchants[1].mchid}"
        assert said(await scene.signed("GET", foreign))[0] == 403
        history = f"{path}/negotiation-historys"
        for query in ("limit=301", "limit=0", "offset=x"):
            assert said(await scene.signed("GET", f"{history}?{query}"))[:2] == (400, "PARAM_ERROR")
        steps = await ask(scene, "GET", history)
        assert len(steps["data"]) == 1

    play(pay_stage, scene)


def test_only_a_payment_can_be_complained_of(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        _, transaction_id = await paid(scene)
        good = {"transaction_id": transaction_id, "detail": "慢"}
        for changed in (
            {"transaction_id": "4200"},
            {"detail": ""},
            {"problem_type": "MOOD"},
            {"apply_refund_fen": 1},
            {"problem_type": "REFUND", "apply_refund_fen": 1_300},
        ):
            answer = await scene.http.post("/sandbox/complaints", json=good | changed)
            assert answer.status_code in {400, 404}, changed
        first = await scene.control("POST", "/sandbox/complaints", good)
        second = await scene.control("POST", "/sandbox/complaints", good)
        times = [(await ask(scene, "GET", f"{ALL}/{each['complaint_id']}"))["user_complaint_times"]
                 for each in (first, second)]  # fmt: skip
        assert times == [1, 2]

    play(pay_stage, scene)
