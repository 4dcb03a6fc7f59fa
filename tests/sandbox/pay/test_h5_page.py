"""The page outside WeChat that an H5 order leads to."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote

from tests.sandbox.pay.shop import H5, Stage, an_order, play, state
from tests.sandbox.scene import Scene

SCENE = {"payer_client_ip": "127.0.0.1", "h5_info": {"type": "Wap"}}


async def link(scene: Scene, **more: Any) -> tuple[str, str]:
    """Prepay for a browser; give the order's number and the link's path."""
    body = an_order(scene, payer=None, scene_info=SCENE, **more)
    told = (await scene.signed("POST", H5, body)).json()
    return body["out_trade_no"], told["h5_url"].removeprefix(scene.world.base_url)


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def test_a_browser_pays_and_goes_back_to_the_shop(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        number, path = await link(scene, description="<b>茶</b>")
        path += f"&redirect_url={quote('http://shop.test/paid?a=1', safe='')}"
        shown = await scene.http.get(path, headers={"accept-language": "zh-CN"})
        assert "12.99" in words(shown.text).replace(" ", "")
        assert "<b>茶" not in shown.text
        form = {"person": str(scene.people[0].person_id), "password": "000000"}
        wrong = await scene.http.post(path, data=form)
        assert wrong.status_code == 200
        assert await state(scene, number) == "USERPAYING"
        done = await scene.http.post(path, data=form | {"password": "123456"})
        assert (done.status_code, done.headers["location"]) == (303, "http://shop.test/paid?a=1")
        assert await state(scene, number) == "SUCCESS"

    play(pay_stage, scene)


def test_a_link_holds_for_five_minutes(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        number, path = await link(scene)
        await scene.advance(301)
        form = {"person": str(scene.people[0].person_id), "password": "123456"}
        assert (await scene.http.post(path, data=form)).status_code == 200
        assert await state(scene, number) == "NOTPAY"
        nothing = await scene.http.get("/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=1")
        assert "已失效" in nothing.text or "expired" in nothing.text

    play(pay_stage, scene)


def test_another_sites_page_pays_nothing(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        number, path = await link(scene)
        form = {"person": str(scene.people[0].person_id), "password": "123456"}
        answer = await scene.http.post(path, data=form, headers={"Origin": "http://evil.example"})
        assert answer.status_code == 403
        bad = await scene.http.get(f"{path}&redirect_url=javascript:alert(1)")
        assert "javascript:" not in bad.text
        assert await state(scene, number) == "NOTPAY"

    play(pay_stage, scene)
