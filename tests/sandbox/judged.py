"""Signed calls whose answers are held against the public description of Pay v3."""

from typing import Any

import httpx

from jishi.sandbox.cast import Merchant
from tests.ports.wechat import openapi
from tests.sandbox.scene import Scene


async def judged(
    scene: Scene, method: str, target: str, body: Any = None, *, merchant: Merchant | None = None,
    serial: str = "", status: int = 200,
) -> Any:  # fmt: skip
    """Call, see that WeChat signed the answer and that it is as described; give its JSON."""
    answer = await scene.signed(method, target, body, merchant=merchant, serial=serial)
    scene.verified(answer)
    assert answer.status_code == status, answer.text
    if not answer.content:
        return None
    faults = list(openapi.faults_of_answer(method, target, status, answer.content))
    assert faults == [], faults
    return answer.json()


def said(answer: httpx.Response) -> tuple[int, str, str]:
    """Give a refusal's status, code and words."""
    told = answer.json()
    return answer.status_code, told["code"], told["message"]
