"""wechatpayv3 answers complaints."""

from typing import Any

from jishi.sandbox.pay.rules import BEIJING
from tests.ports.conformance.pay.shop import Shop, good, refused


def complaint(shop: Shop, **more: object) -> str:
    """Have the buyer complain of a payment; give the complaint's number."""
    _, transaction_id = shop.paid(1_000)
    asked = {"transaction_id": transaction_id, "detail": "没有收到", **more}
    return str(shop.hands.do("POST", "/complaints", asked)["complaint_id"])


def listed(shop: Shop) -> list[Any]:
    """List today's complaints, by the sandbox's clock."""
    day = shop.hands.now().astimezone(BEIJING).date().isoformat()
    found = good(shop.client.complaint_list_query(begin_date=day, end_date=day, limit=50))
    assert found["total_count"] == len(found["data"])
    return list(found["data"])


def test_a_complaint_is_listed_read_answered_and_done(shop: Shop) -> None:
    number = complaint(shop)
    assert number in {each["complaint_id"] for each in listed(shop)}
    read = good(shop.client.complaint_detail_query(number))
    assert (read["complaint_state"], read["incoming_user_response"]) == ("PENDING", True)
    assert shop.client.decrypt(read["payer_phone"]) == shop.person["phone"]
    assert refused(shop.client.complaint_complete(number)) == (400, "INVALID_REQUEST")
    answered = shop.client.complaint_response(
        number, "已补发", jump_url="https://shop.example/orders", jump_url_text="查看"
    )
    assert good(answered) is None
    assert good(shop.client.complaint_complete(number)) is None
    assert good(shop.client.complaint_detail_query(number))["complaint_state"] == "PROCESSED"
    history = good(shop.client.complaint_history_query(number))
    assert [each["operate_type"] for each in history["data"]] == [
        "MERCHANT_CONFIRM_COMPLETE", "MERCHANT_RESPONSE", "USER_CREATE_COMPLAINT",
    ]  # fmt: skip


def test_a_refund_that_is_asked_for_is_granted_or_refused(shop: Shop) -> None:
    wish = {"problem_type": "REFUND", "apply_refund_fen": 500}
    granted, denied = complaint(shop, **wish), complaint(shop, **wish)
    assert (
        good(shop.client.complaint_update_refund(granted, "APPROVE", launch_refund_day=0)) is None
    )
    answered = shop.client.complaint_update_refund(denied, "REJECT", reject_reason="已签收")
    assert good(answered) is None
    without_reason = shop.client.complaint_update_refund(denied, "REJECT")
    assert refused(without_reason) == (400, "PARAM_ERROR")


def test_complaints_are_told_where_the_merchant_wants_them(shop: Shop) -> None:
    address = shop.inbox.url
    assert refused(shop.client.complaint_notification_query()) == (404, "RESOURCE_NOT_EXISTS")
    other = "https://shop.example/complaints"
    assert good(shop.client.complaint_notification_create(other))["url"] == other
    assert refused(shop.client.complaint_notification_create(address))[0] == 400
    assert good(shop.client.complaint_notification_update(address))["url"] == address
    assert good(shop.client.complaint_notification_query())["url"] == address
    number = complaint(shop)
    told = [each for each in shop.notified() if each["event_type"] == "COMPLAINT.CREATE"]
    assert [each["resource"]["complaint_id"] for each in told] == [number]
    assert good(shop.client.complaint_notification_delete()) is None
    assert refused(shop.client.complaint_notification_delete()) == (404, "RESOURCE_NOT_EXISTS")


def test_a_complaint_of_nobody_is_not_found(shop: Shop) -> None:
    assert refused(shop.client.complaint_detail_query("200201820200101"))[0] == 404
