"""wechatpayv3 transfers money to people, who confirm it."""

from typing import Any

import pytest

from tests.ports.conformance.hands import DAY
from tests.ports.conformance.pay.shop import Shop, good, new_number, refused

pytestmark = pytest.mark.filterwarnings("ignore:Properties that return a na")
REPORTS = [
    {"info_type": "岗位类型", "info_content": "分享者"},
    {"info_type": "报酬说明", "info_content": "九月的佣金"},
]


def transfer(shop: Shop, amount: int = 500, **more: object) -> tuple[str, Any]:
    """Transfer to the buyer; give the number and the answer."""
    number = new_number()
    asked = {"transfer_scene_report_infos": REPORTS, "user_name": shop.person["name"], **more}
    return number, shop.client.mch_transfer_bills(
        number, "1005", shop.openid, amount, "九月的佣金", **asked
    )


def state(shop: Shop, number: str) -> str:
    """Ask for a transfer's state by both of its numbers."""
    found = good(shop.client.mch_transfer_bills_query(out_bill_no=number))
    other = shop.client.mch_transfer_bills_query(transfer_bill_no=found["transfer_bill_no"])
    assert good(other) == found
    return str(found["state"])


def test_a_transfer_is_confirmed_arrives_and_is_told(shop: Shop) -> None:
    number, answered = transfer(shop, 200_000, user_recv_perception="劳务报酬")
    made = good(answered)
    assert (made["state"], state(shop, number)) == ("WAIT_USER_CONFIRM", "WAIT_USER_CONFIRM")
    told = {"package_info": made["package_info"], "person_id": shop.person["person_id"]}
    shop.hands.do("POST", "/transfers/confirmation", told)
    shop.hands.advance(10)
    assert state(shop, number) == "SUCCESS"
    (notice,) = shop.notified()
    assert notice["event_type"] == "MCHTRANSFER.BILL.FINISHED"
    assert notice["resource"]["state"] == "SUCCESS"
    assert notice["resource"]["out_bill_no"] == number


def test_a_transfer_that_nobody_confirms_lapses_after_a_day(shop: Shop) -> None:
    number, answered = transfer(shop)
    assert good(answered)["package_info"]
    shop.hands.advance(DAY + 60)
    assert state(shop, number) in {"FAIL", "CANCELLED"}


def test_a_transfer_is_taken_back_by_one_client_and_the_other_signs_what_it_does_not_send(
    shop: Shop,
) -> None:
    number, answered = transfer(shop)
    good(answered)
    cancelled = shop.client.mch_transfer_bills_cancel(number)
    if shop.kind.is_async:  # it signs an empty body and sends `null`
        assert refused(cancelled) == (401, "SIGN_ERROR")
        return
    assert good(cancelled)["state"] == "CANCELING"
    shop.hands.advance(10)
    assert state(shop, number) == "CANCELLED"
    assert good(shop.client.mch_transfer_bills_cancel(number))["state"] == "CANCELLED"


def test_a_transfer_has_a_least_amount_a_right_name_and_its_reports(shop: Shop) -> None:
    assert refused(transfer(shop, 9)[1])[1] in {"PARAM_ERROR", "INVALID_REQUEST"}
    assert refused(transfer(shop, user_name="何穗")[1]) == (400, "INVALID_REQUEST")
    assert refused(transfer(shop, transfer_scene_report_infos=REPORTS[:1])[1])[0] == 400
    missing = shop.client.mch_transfer_bills_query(out_bill_no=new_number())
    assert refused(missing) == (404, "NOT_FOUND")


def test_the_client_drops_the_name_below_thirty_fen_unasked(shop: Shop) -> None:
    _, answered = transfer(shop, 29, user_name="nobody of this name")
    assert good(answered)["state"] == "WAIT_USER_CONFIRM"
