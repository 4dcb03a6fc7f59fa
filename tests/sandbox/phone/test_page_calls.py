"""What a page asks of WeChat, judged: each yes, each no, and what the inspector is told."""

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from jishi.ports.wechat.signing import page_signature
from jishi.sandbox.cast import Account
from tests.sandbox.scene import Scene, a_sandbox

PAGE = "http://127.0.0.1:8000/tea?a=1"
SHOWN = "http://p1--127-0-0-1--8000.webview.localhost:8001/tea?a=1"
Act = Callable[[Scene], Awaitable[None]]


def play(database: str, act: Act) -> None:
    """Have something done in a sandbox."""

    async def main() -> None:
        async with a_sandbox(database) as scene:
            await act(scene)

    asyncio.run(main())


def service(scene: Scene) -> Account:
    """Give the service account."""
    return next(each for each in scene.world.accounts.values() if each.kind == "service")


async def ticket(scene: Scene) -> str:
    """Take the ticket that signs pages."""
    account = service(scene)
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
def test_a_page_may_sign_its_true_address_or_the_one_it_sees(cast: str, url: str) -> None:
    async def act(scene: Scene) -> None:
        asked = config(service(scene), await ticket(scene), url)
        verdict = await judged(scene, "preVerifyJSAPI", asked)
        assert verdict["answer"] == {"err_msg": "preVerifyJSAPI:ok"}

    play(cast, act)


@pytest.mark.parametrize(
    ("signed", "page", "why"),
    [
        ("http://127.0.0.1:8000/other", PAGE, "invalid signature"),
        (PAGE, "http://10.0.0.1/tea?a=1", "invalid url domain"),
    ],
)
def test_a_page_is_told_why_it_may_not(cast: str, signed: str, page: str, why: str) -> None:
    async def act(scene: Scene) -> None:
        asked = config(service(scene), await ticket(scene), signed)
        verdict = await judged(scene, "preVerifyJSAPI", asked, page)
        assert verdict["answer"] == {"err_msg": f"preVerifyJSAPI:fail_{why}"}
        assert verdict["trouble"] == why
        kept = (await scene.control("GET", "/sandbox/exchanges?text=preVerifyJSAPI"))["exchanges"]
        whole = await scene.control("GET", f"/sandbox/exchanges/{kept[0]['exchange_id']}")
        assert whole["trouble"] == why
        assert whole["signed_message"].startswith("jsapi_ticket=")
        assert whole["signed_message"].endswith(f"&url={page}")
        assert json.loads(whole["request_body"]) == asked

    play(cast, act)


@pytest.mark.parametrize("number", ["", "soon", "-1", "٣"])
def test_a_timestamp_that_is_no_number_is_no_signature(cast: str, number: str) -> None:
    async def act(scene: Scene) -> None:
        asked = {**config(service(scene), "x", PAGE), "verifyTimestamp": number}
        verdict = await judged(scene, "preVerifyJSAPI", asked)
        assert verdict["trouble"] == "invalid signature"

    play(cast, act)


def test_a_share_card_leads_to_the_accounts_own_domain(cast: str) -> None:
    async def act(scene: Scene) -> None:
        told = {"verifyAppId": service(scene).appid, "title": "茶"}
        for link in (PAGE, SHOWN):
            verdict = await judged(scene, "updateAppMessageShareData", {**told, "link": link})
            assert verdict["answer"] == {"err_msg": "updateAppMessageShareData:ok"}
        away = await judged(scene, "updateTimelineShareData", {**told, "link": "https://a.example"})
        assert away["trouble"] == "link must be in js secure domain list"

    play(cast, act)


def test_a_payment_that_nobody_ordered_is_refused_in_wechats_words(cast: str) -> None:
    async def act(scene: Scene) -> None:
        asked = {
            "appId": service(scene).appid, "timeStamp": "1", "nonceStr": "n", "signType": "RSA",
            "package": "prepay_id=wx" + "0" * 34, "paySign": "x",
        }  # fmt: skip
        verdict = await judged(scene, "getBrandWCPayRequest", asked)
        assert verdict["answer"] == {
            "err_msg": "get_brand_wcpay_request:fail", "err_desc": "JSAPI缺少参数total_fee",
        }  # fmt: skip
        assert "prepay_id=wx000" in verdict["signed"]
        assert "sheet" not in verdict

    play(cast, act)


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
    cast: str, name: str, asked: object, said: str
) -> None:
    async def act(scene: Scene) -> None:
        verdict = await judged(scene, name, asked)
        assert verdict["answer"]["err_msg"].startswith(said)
        assert verdict["trouble"]

    play(cast, act)


def test_a_call_that_nobody_judges_is_refused(cast: str) -> None:
    async def act(scene: Scene) -> None:
        body = {"person_id": 1, "name": "startRecord", "asked": {}, "page": PAGE}
        answer = await scene.http.post("/sandbox/page-calls", json=body)
        assert answer.status_code == 400

    play(cast, act)


def test_what_the_phone_answered_itself_is_noted(cast: str) -> None:
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

    play(cast, act)
