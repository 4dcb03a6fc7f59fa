"""Every request of ours is as the public description of Pay v3 has it, and its answers are read.

What is excepted is listed with its reason; an exception that no longer applies is a fault too.
"""

import asyncio
import json
from typing import Any

import httpx
import pytest

from jishi.ports.wechat.sealing import hide
from tests.ports.wechat import openapi
from tests.ports.wechat.pay.operations import ALL, Operation
from tests.ports.wechat.pay.platform import (
    PUBLIC_KEY_ID,
    Platform,
    a_merchant,
    pair,
    signature_faults,
)
from tests.ports.wechat.reference import OPENAPI

if not OPENAPI.exists():
    pytest.skip("the description of Pay v3 is not beside the repository", allow_module_level=True)

SUB_MCHID = "'sub_mchid' is a required property"
SERIAL = "header: Wechatpay-Serial is required"
PROVIDERS = "a service provider names its sub-merchants; we are ordinary merchants"
COMPLAINTS = "the folder has no fragments of complaints"
EXCEPTED = {
    "combine_jsapi": {SUB_MCHID: PROVIDERS},
    "combine_native": {SUB_MCHID: PROVIDERS},
    "combine_h5": {SUB_MCHID: PROVIDERS},
    "list_complaints": {openapi.UNDESCRIBED: COMPLAINTS},
    "show_complaint": {openapi.UNDESCRIBED: COMPLAINTS},
    "list_negotiations": {openapi.UNDESCRIBED: COMPLAINTS},
    "reply": {openapi.UNDESCRIBED: COMPLAINTS},
    "complete": {openapi.UNDESCRIBED: COMPLAINTS},
    "decide_refund": {openapi.UNDESCRIBED: COMPLAINTS},
    "set_address": {openapi.UNDESCRIBED: COMPLAINTS},
    "change_address": {openapi.UNDESCRIBED: COMPLAINTS},
    "show_address": {openapi.UNDESCRIBED: COMPLAINTS},
    "forget_address": {openapi.UNDESCRIBED: COMPLAINTS},
}
COMPLAINT = {
    "complaint_id": "200201", "complaint_time": "2015-05-20T13:29:35.120+08:00",
    "complaint_detail": "重复扣费", "complaint_state": "PENDING", "complainted_mchid": "1900000109",
    "complaint_full_refunded": False, "incoming_user_response": True,
    "problem_description": "不满意", "user_complaint_times": 1,
    "complaint_order_info": [{"transaction_id": "42", "out_trade_no": "P1", "amount": 3}],
}  # fmt: skip
NEGOTIATION = {
    "log_id": "3002", "operator": "投诉人", "operate_time": "2015-05-20T13:29:35.120+08:00",
    "operate_type": "USER_CREATE_COMPLAINT",
}  # fmt: skip
ADDRESS = {"mchid": "1900000109", "url": "https://shop.example/notices"}
UNDESCRIBED_ANSWERS: dict[str, Any] = {
    "list_complaints": {"data": [COMPLAINT], "limit": 5, "offset": 0, "total_count": 1},
    "show_complaint": COMPLAINT,
    "list_negotiations": {"data": [NEGOTIATION], "limit": 5, "offset": 0, "total_count": 1},
    "reply": None, "complete": None, "decide_refund": None, "forget_address": None,
    "set_address": ADDRESS, "change_address": ADDRESS, "show_address": ADDRESS,
}  # fmt: skip
DESCRIBED = [each for each in ALL if each.name not in UNDESCRIBED_ANSWERS]


def answered(platform: Platform, name: str, request: httpx.Request) -> httpx.Response:
    """Answer as the description's own example does."""
    if name in UNDESCRIBED_ANSWERS:
        told = UNDESCRIBED_ANSWERS[name]
        return platform.said(told, 204 if told is None else 200)
    fragment = openapi.fragment_of(request.method, request.url.path)
    assert fragment is not None, request.url
    [(status, schema)] = fragment.answers.items()
    said: Any = openapi.example_of(schema) if schema else None
    if name == "echo":
        said["encrypted_echo_message"] = hide(pair("merchant").key.public_key(), "hello")
    return platform.said(said, status)


def asked(operation: Operation, *, is_public: bool = True) -> tuple[httpx.Request, object]:
    """Ask once; give what went out and what came back."""
    platform = Platform()
    platform.answers = [lambda request: answered(platform, operation.name, request)]

    async def scene() -> object:
        async with a_merchant(platform, is_public=is_public) as merchant:
            return await operation.ask(merchant)

    said = asyncio.run(scene())
    [request] = platform.requests
    return request, said


@pytest.mark.parametrize("operation", ALL, ids=lambda each: each.name)
def test_a_request_is_as_the_description_has_it(operation: Operation) -> None:
    request, _ = asked(operation)
    assert signature_faults(request) == []
    assert request.headers["wechatpay-serial"] == PUBLIC_KEY_ID
    faults = [
        *openapi.faults_of_request(
            request.method, str(request.url), dict(request.headers), request.content
        )
    ]
    excepted = EXCEPTED.get(operation.name, {})
    left = [fault for fault in faults if not any(fault.endswith(each) for each in excepted)]
    assert left == []
    unused = [each for each in excepted if not any(fault.endswith(each) for fault in faults)]
    assert unused == []


@pytest.mark.parametrize("operation", DESCRIBED, ids=lambda each: each.name)
def test_in_certificate_mode_only_the_serial_may_lack(operation: Operation) -> None:
    request, _ = asked(operation, is_public=False)
    faults = openapi.faults_of_request(
        request.method, str(request.url), dict(request.headers), request.content
    )
    # The description wants the header where hidden fields may come, whether they come or not.
    left = {fault for fault in faults if fault != SERIAL and not fault.endswith(SUB_MCHID)}
    assert left == set()


def test_hidden_fields_come_with_the_key_they_are_hidden_with() -> None:
    hiding = {"settle_abnormal_refund", "add_receiver", "share", "start_transfer", "echo"}
    for operation in ALL:
        if operation.name in hiding:
            request, _ = asked(operation, is_public=False)
            assert request.headers["wechatpay-serial"] == pair("platform").serial
            said = json.dumps(json.loads(request.content), ensure_ascii=False)
            assert "张三" not in said
            assert "6222000000000000" not in said


def test_the_examples_of_answers_are_as_they_are_described() -> None:
    for operation in DESCRIBED:
        request, said = asked(operation)
        fragment = openapi.fragment_of(request.method, request.url.path)
        assert fragment is not None
        [(status, schema)] = fragment.answers.items()
        body = json.dumps(openapi.example_of(schema)).encode() if schema else b""
        url = str(request.url)
        assert [*openapi.faults_of_answer(request.method, url, status, body)] == []
        assert (said is None) is (status == 204)


def test_the_judge_sees_what_is_wrong() -> None:
    path = "https://one.example/v3/pay/transactions/out-trade-no/P1"
    assert [*openapi.faults_of_request("GET", path, {}, b"")] == ["query: mchid is required"]
    wrong = openapi.faults_of_request("GET", f"{path}?mchid=1&more=2", {}, b"")
    assert [*wrong] == ["query: more is not described"]
    assert [*openapi.faults_of_request("GET", "/v3/nowhere", {}, b"")] == [openapi.UNDESCRIBED]
    closing = openapi.faults_of_request("POST", f"{path}/close", {}, b'{"mchid": 1, "a": 2}')
    assert sorted(closing) == [
        "body.mchid: 1 is not of type 'string'",
        "body: Additional properties are not allowed ('a' was unexpected)",
    ]
    assert [*openapi.faults_of_answer("POST", f"{path}/close", 200, b"")] == [
        "status 200 is not described"
    ]
    assert [*openapi.faults_of_answer("POST", f"{path}/close", 204, b"{}")] == [
        "body: none is described"
    ]
    bill = "/v3/bill/tradebill?bill_date=2026-01-01&bill_type="
    assert [*openapi.faults_of_request("GET", bill + "REFUND", {}, b"")] == []
    [fault] = openapi.faults_of_request("GET", bill + "NONE", {}, b"")
    assert fault.startswith("query: bill_type is NONE, not of ['ALL', 'SUCCESS', 'REFUND'")
