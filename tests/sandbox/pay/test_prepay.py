"""Prepaying: what each way gives, what is refused in which order, and what is asked again."""

from typing import Any

import httpx
import pytest

from jishi.ports.wechat.sealing import hide
from jishi.sandbox.pay import links
from tests.ports.wechat import openapi
from tests.sandbox.pay.shop import (
    APP,
    H5,
    H5_SCENE,
    JSAPI,
    NATIVE,
    NOTIFY,
    Stage,
    an_order,
    everything,
    others,
    pay,
    play,
    prepaid,
    query,
    refusal,
)
from tests.sandbox.scene import Scene

BAD = (400, "PARAM_ERROR", 268435461)
EXTRA = (400, "PARAM_ERROR", 270924358)
REENTRY = (400, "INVALID_REQUEST", 268498688)


def test_each_way_gives_what_its_payer_begins_with(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        asked = [
            (JSAPI, an_order(scene)),
            (NATIVE, others(scene)),
            (H5, others(scene, scene_info=H5_SCENE)),
            (APP, others(scene)),
        ]
        answers = [scene.verified(await scene.signed("POST", *each)) for each in asked]
        assert [answer.status_code for answer in answers] == [200] * 4
        for (path, _), answer in zip(asked, answers, strict=True):
            assert list(openapi.faults_of_answer("POST", path, 200, answer.content)) == []
        jsapi, native, h5, app = [answer.json() for answer in answers]
        assert len(jsapi["prepay_id"]) == len(app["prepay_id"]) == 36
        assert native["code_url"].startswith("weixin://wxpay/bizpayurl/up?pr=")
        assert h5["h5_url"].startswith("http://127.0.0.1:8001/cgi-bin/mmpayweb-bin/checkmweb?")
        kinds = [
            (await scene.control("GET", f"/sandbox/bills/{prepay_id}"))["kind"]
            for prepay_id in (
                jsapi["prepay_id"],
                links.by_code(native["code_url"]),
                links.by_h5(h5["h5_url"]),
                app["prepay_id"],
            )
        ]
        assert kinds == ["jsapi", "native", "h5", "app"]

    play(pay_stage, scene)


@pytest.mark.parametrize("way", [JSAPI, NATIVE, H5, APP])
def test_every_described_field_is_taken(pay_stage: Stage, way: str) -> None:
    async def scene(scene: Scene) -> None:
        fragment = openapi.fragment_of("POST", way)
        assert fragment is not None
        schema = fragment.body()
        assert schema is not None
        body = openapi.example_of(schema) | an_order(scene)
        key = scene.world.keys.newest("public_key")
        own = key.private_key.public_key()
        identity = {"type": "IDCARD", "number": hide(own, "1101"), "name": hide(own, "林小满")}
        body["payer"] = {"identity": identity} | (
            {"openid": body["payer"]["openid"]} if way == JSAPI else {}
        )
        assert body.keys() == schema["properties"].keys()
        answer = await scene.signed("POST", way, body, serial=key.serial)
        assert answer.status_code == 200, answer.text
        again = await scene.signed("POST", way, body)
        assert refusal(again) == BAD
        assert again.json()["detail"]["field"] == "/payer/identity/number"

    play(pay_stage, scene)


WRONG_WORDS: list[tuple[str, dict[str, Any], str]] = [
    ("missing", {"description": None}, "/description"),
    ("empty", {"description": ""}, "/description"),
    ("long", {"description": "字" * 128}, "/description"),
    ("no text", {"description": 5}, "/description"),
    ("NUL", {"description": "a\0b"}, "/"),
    ("missing", {"amount": None}, "/amount"),
    ("nothing", {"amount": {"total": 0}}, "/amount/total"),
    ("negative", {"amount": {"total": -1}}, "/amount/total"),
    ("not whole", {"amount": {"total": 1.5}}, "/amount/total"),
    ("text", {"amount": {"total": "100"}}, "/amount/total"),
    ("too much", {"amount": {"total": 1_000_000_001}}, "/amount/total"),
    ("dollars", {"amount": {"total": 1, "currency": "USD"}}, "/amount/currency"),
    ("short", {"out_trade_no": "12345"}, "/out_trade_no"),
    ("long", {"out_trade_no": "1" * 33}, "/out_trade_no"),
    ("odd", {"out_trade_no": "12345@"}, "/out_trade_no"),
    ("broken", {"out_trade_no": "123456\n"}, "/out_trade_no"),
    ("long", {"attach": "x" * 129}, "/attach"),
    ("long", {"goods_tag": "x" * 33}, "/goods_tag"),
    ("long", {"notify_url": "http://a.test/" + "x" * 250}, "/notify_url"),
    ("query", {"notify_url": NOTIFY + "?a=1"}, "/notify_url"),
    ("scheme", {"notify_url": "ftp://a.test/"}, "/notify_url"),
    ("format", {"time_expire": "2027-01-01 00:00:00"}, "/time_expire"),
    ("enum", {"limit_pay": ["no_cash"]}, "/limit_pay/0"),
    ("kind", {"support_fapiao": "yes"}, "/support_fapiao"),
    ("kind", {"settle_info": {"profit_sharing": 1}}, "/settle_info/profit_sharing"),
    ("store", {"scene_info": {"store_info": {"id": "1"}}}, "/scene_info/store_info/name"),
    ("other", {"mchid": "1900000117"}, "/mchid"),
]


def test_wrong_words_are_refused_by_their_field_and_nothing_is_written(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        before = await everything(scene)
        for what, changed, field in WRONG_WORDS:
            answer = await scene.signed("POST", JSAPI, an_order(scene, **changed))
            assert refusal(answer) == BAD, (what, changed, answer.text)
            assert answer.json()["detail"]["field"] == field, (changed, answer.text)
            scene.verified(answer)
        for changed in ({"sub_mchid": "1"}, {"amount": {"total": 1, "fee": 1}}):
            answer = await scene.signed("POST", JSAPI, an_order(scene, **changed))
            assert refusal(answer) == EXTRA, answer.text
        for raw in (b"", b"{", b"[]", b"\xff"):
            assert refusal(await scene.signed("POST", JSAPI, raw=raw))[:2] == BAD[:2]
        assert await everything(scene) == before

    play(pay_stage, scene)


def test_an_h5_order_says_by_which_browser(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        for changed, field in (
            ({}, "/scene_info"),
            ({"scene_info": {"h5_info": {"type": "Wap"}}}, "/scene_info/payer_client_ip"),
            ({"scene_info": {"payer_client_ip": "1.1.1.1"}}, "/scene_info/h5_info"),
        ):
            answer = await scene.signed("POST", H5, others(scene, **changed))
            assert refusal(answer) == BAD
            assert answer.json()["detail"]["field"] == field

    play(pay_stage, scene)


def test_the_reasons_against_come_in_this_order(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = an_order(
            scene, mchid="1900000117", appid="wx0000000000000000", notify_url="http://a.test/?x",
            time_expire="soon", payer={"openid": ""},
        )  # fmt: skip
        mends: list[tuple[tuple[int, str, int], dict[str, Any]]] = [
            ((400, "PARAM_ERROR", 268501013), {"payer": {"openid": "oNobody"}}),
            (BAD, {"mchid": scene.merchant.mchid}),
            ((400, "APPID_MCHID_NOT_MATCH", 268445527), {"appid": scene.account.appid}),
            (BAD, {"notify_url": NOTIFY}),
            (BAD, {"time_expire": "2099-01-01T00:00:00+08:00"}),
            ((400, "INVALID_REQUEST", 268435461), {"payer": an_order(scene)["payer"]}),
        ]
        before = await everything(scene)
        for expected, mend in mends:
            answer = await scene.signed("POST", JSAPI, body)
            assert refusal(answer) == expected, answer.text
            assert await everything(scene) == before
            body |= mend
        assert (await scene.signed("POST", JSAPI, body)).status_code == 200

    play(pay_stage, scene)


def test_an_openid_of_another_account_does_not_pay_here(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        elsewhere = an_order(scene, appid=scene.mini.appid)
        answer = await scene.signed("POST", JSAPI, elsewhere)
        assert answer.json() == {"code": "INVALID_REQUEST", "message": "appid与openid不匹配"}

    play(pay_stage, scene)


def test_sharing_and_the_device_are_kept_with_the_order(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = an_order(
            scene, settle_info={"profit_sharing": True}, scene_info={"device_id": "POS1"},
            limit_pay=["no_balance"],
        )  # fmt: skip
        out_trade_no, prepay_id = await prepaid(scene, body)
        await pay(scene, prepay_id=prepay_id)
        line = (await scene.control("GET", "/sandbox/orders"))["orders"][0]
        assert line["is_sharing"] is True
        told: httpx.Response = await query(scene, out_trade_no)
        assert told.json()["scene_info"] == {"device_id": "POS1"}
        assert told.json()["bank_type"] == "CMB_DEBIT"

    play(pay_stage, scene)
