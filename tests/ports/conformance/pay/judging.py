"""What clients and sandbox said to each other, held against the public description of Pay v3."""

from collections.abc import Iterator

from tests.ports.conformance.hands import Exchange, Hands
from tests.ports.wechat import openapi
from tests.ports.wechat.reference import OPENAPI

UNDESCRIBED = ("/v3/merchant-service/",)
"""The description has no fragments of complaints."""

SPARED = (
    "'sub_mchid' is a required property",  # for service providers; these are ordinary merchants
    "header: Wechatpay-Serial is required",  # wanted where hidden fields may come, if none come too
)


def faults(hands: Hands, after: int) -> list[str]:
    """Name what was not as described in what Pay was asked and answered well since an exchange."""
    if not OPENAPI.exists():
        return []
    said = hands.exchanges(after, "/v3/")
    return [
        f"{each.method} {each.url}: {fault}"
        for each in said
        if each.direction == "in" and each.status < 300
        for fault in _faults(each)
    ]


def _faults(said: Exchange) -> Iterator[str]:
    if said.url.startswith(UNDESCRIBED):
        return
    body = said.answer_body.encode()
    asked = openapi.faults_of_request(
        said.method, said.url, said.request_headers, said.request_body.encode()
    )
    yield from (fault for fault in asked if not fault.endswith(SPARED))
    yield from openapi.faults_of_answer(said.method, said.url, said.status, body)
