"""What a page asks of WeChat, judged: each yes, each no, and what the inspector is told."""

import json
import secrets
import time
from typing import Any

import pytest

from jishi.ports.wechat.signing import page_signature
from jishi.sandbox.cast import Account
from tests.sandbox.phone.conftest import Theatre
from tests.sandbox.scene import Scene

PAGE = "http://127.0.0.1:8000/tea?a=1"
SHOWN = "http://p1--127-0-0-1--8000.webview.localhost:8001/tea?a=1"


async def ticket(scene: Scene) -> str:
    """Take the ticket that signs pages."""
    account = scene.account
    asked = {
        "grant_type": "client_credential", "appid": account.appid, "secret": account.secret,
    }  # fmt: skip
    token = (await scene.http.get("/cgi-bin/token", params=asked)).json()["access_token"]
    answer = await scene.http.get(
        "/cgi-bin/ticket/getticket", params={"type": "jsapi", "access_token": token}
    )
    return str(answer.json()["ticket"])


def config(account: Account, signed_with: str, url: str) -> dict[str, object]:
    """Give what the SDK hands over with each call."""
    now, nonce = int(time.time()), secrets.token_hex(8)
    return {
        "verifyAppId": account.appid, "verifyTimestamp": str(now), "verifyNonceStr": nonce,
        "verifySignature": page_signature(signed_with, nonce, now, url),
        "verifyJsApiList": ["chooseImage"],
    }  # fmt: skip


async def judged(
    scene: Scene, name: str, asked: object, page: str = PAGE, shown: str = SHOWN
) -> Any:
    """Have a call judged."""
    body = {"person_id": 1, "name": name, "asked": asked, "page": page, "shown": shown}
    return await scene.control("POST", "/sandbox/page-calls", body)


@pytest.mark.parametrize("url", [PAGE, SHOWN, f"{PAGE}#part"])
def test_a_page_may_sign_its_true_address_or_the_one_it_sees(theatre: Theatre, url: str) -> None:
    async def act(scene: Scene) -> None:
        asked = config(scene.account, await ticket(scene), url)
        verdict = await judged(scene, "preVerifyJSAPI", asked)
        assert verdict["answer"] == {"err_msg": "preVerifyJSAPI:ok"}

    theatre.play(act)


@pytest.mark.parametrize(
    ("signed", "page", "why"),
    [
        ("http://127.0.0.1:8000/other", PAGE, "invalid signature"),
        (PAGE, "http://10.0.0.1/tea?a=1", "invalid url domain"),
    ],
)
def test_a_page_is_told_why_it_may_not(theatre: Theatre, signed: str, page: str, why: str) -> None:
    async def act(scene: Scene) -> None:
        asked = config(scene.account, await ticket(scene), signed)
        verdict = await judged(scene, "preVerifyJSAPI", asked, page)
        assert verdict["answer"] == {"err_msg": f"preVerifyJSAPI:fail_{why}"}
        assert verdict["trouble"] == why
        kept = (await scene.control("GET", "/sandbox/exchanges?text=preVerifyJSAPI"))["exchanges"]
        whole = await scene.control("GET", f"/sandbox/exchanges/{kept[0]['exchange_id']}")
        assert whole["trouble"] == why
        assert whole["signed_message"].startswith("jsapi_ticket=")
        assert whole["signed_message"].endswith(f"&url={page}")
        assert json.loads(whole["request_body"]) == asked

    theatre.play(act)


@pytest.mark.parametrize("number", ["", "soon", "-1", "٣"])
def test_a_timestamp_that_is_no_number_is_no_signature(theatre: Theatre, number: str) -> None:
    async def act(scene: Scene) -> None:
        asked = {**config(scene.account, "x", PAGE), "verifyTimestamp": number}
        verdict = await judged(scene, "preVerifyJSAPI", asked)
        assert verdict["trouble"] == "invalid signature"

    theatre.play(act)


def test_a_share_card_leads_to_the_accounts_own_domain(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        told = {"verifyAppId": scene.account.appid, "title": "茶"}
        for link in (PAGE, SHOWN):
            verdict = await judged(scene, "updateAppMessageShareData", {**told, "link": link})
            assert verdict["answer"] == {"err_msg": "updateAppMessageShareData:ok"}
        away = await judged(scene, "updateTimelineShareData", {**told, "link": "https://a.example"})
        assert away["trouble"] == "link must be in js secure domain list"

    theatre.play(act)


def test_a_payment_that_nobody_ordered_is_refused_in_wechats_words(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        asked = {
            "appId": scene.account.appid, "timeStamp": "1", "nonceStr": "n", "signType": "RSA",
            "package": "prepay_id=wx" + "0" * 34, "paySign": "x",
        }  # fmt: skip
        verdict = await judged(scene, "getBrandWCPayRequest", asked)
        assert verdict["answer"] == {
            "err_msg": "get_brand_wcpay_request:fail", "err_desc": "JSAPI缺少参数total_fee",
        }  # fmt: skip
        assert "prepay_id=wx000" in verdict["signed"]
        assert "sheet" not in verdict

    theatre.play(act)


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("requestMerchantTransfer", {"package": "nothing"}, "requestMerchantTransfer:fail"),
        ("requestSubscribeMessage", {"tmplIds": ["x"]}, "subscribe:fail"),
        ("uploadImage", {"photo_id": "x"}, "uploadImage:fail"),
        ("preVerifyJSAPI", {"verifyAppId": 3}, "preVerifyJSAPI:fail"),
        ("updateAppMessageShareData", [], "updateAppMessageShareData:fail"),
    ],
)
def test_what_cannot_be_is_answered_and_noted(
    theatre: Theatre, name: str, asked: object, said: str
) -> None:
    async def act(scene: Scene) -> None:
        verdict = await judged(scene, name, asked)
        assert verdict["answer"]["err_msg"].startswith(said)
        assert verdict["trouble"]

    theatre.play(act)


def test_a_call_that_nobody_judges_is_refused(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        body = {"person_id": 1, "name": "startRecord", "asked": {}, "page": PAGE}
        answer = await scene.http.post("/sandbox/page-calls", json=body)
        assert answer.status_code == 400

    theatre.play(act)


def test_what_the_phone_answered_itself_is_noted(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        body = {
            "person_id": 1, "name": "geoLocation", "asked": {"type": "wgs84"}, "page": PAGE,
            "answer": {"err_msg": "geoLocation:cancel"},
        }  # fmt: skip
        await scene.control("POST", "/sandbox/page-calls/notes", body)
        shown = await scene.http.get("/phone/panel/calls")
        assert "geoLocation:cancel" in shown.text
        assert "wx.getLocation" in shown.text
        listed = await scene.http.get("/phone/panel/exchanges")
        assert "geoLocation" not in listed.text

    theatre.play(act)
