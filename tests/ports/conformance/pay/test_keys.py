"""wechatpayv3 and keys: fetched, rotated, mistaken; and answers that nobody signed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.ports.conformance.clients import (
    CERTIFICATE,
    KINDS,
    PUBLIC_KEY,
    Kind,
    PayClient,
    let_go,
    local_core,
    open_pay_client,
)
from tests.ports.conformance.hands import Hands
from tests.ports.conformance.pay.shop import Shop, client_settings, good, new_number, refused

QUERY = "/v3/pay/transactions/out-trade-no/{out_trade_no}"
BY_CERTIFICATE = [kind for kind in KINDS if kind.mode == CERTIFICATE]


class Made:
    """Makes clients, and lets go of them."""

    def __init__(self, hands: Hands, folder: Path, runner: asyncio.Runner) -> None:
        self.hands, self.folder, self.runner = hands, folder, runner
        self.clients: list[PayClient] = []

    def client(self, kind: Kind, **changed: object) -> PayClient:
        """Make a client that has no certificate yet."""
        merchant = self.hands.merchant(kind.mode)
        known = self.hands.credentials()
        settings = client_settings(known, merchant, "https://shop.example/told", kind.mode)
        if kind.mode == CERTIFICATE:
            settings["cert_dir"] = str(self.folder)
        made = open_pay_client(kind, self.hands.base, self.runner, settings | changed)
        self.clients.append(made)
        return made


@pytest.fixture
def made(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """Lend what makes clients; the synchronous one fetches while it is made, so it is led first."""
    monkeypatch.setattr("wechatpayv3.core.Core", local_core(hands.base))
    with asyncio.Runner() as runner:
        lent = Made(hands, tmp_path / "certificates", runner)
        yield lent
        for each in lent.clients:
            let_go(each)


def order(client: PayClient) -> tuple[int, Any]:
    """Order for anybody."""
    kinds = type(client.client._type)
    answered: tuple[int, Any] = client.pay(
        description="龙井", out_trade_no=new_number(), amount={"total": 1}, pay_type=kinds.NATIVE
    )
    return answered


def missing(client: PayClient) -> tuple[int, str]:
    """Ask for an order that nobody made."""
    return refused(client.query(out_trade_no=new_number()))


@pytest.mark.parametrize("kind", BY_CERTIFICATE, ids=str)
def test_certificates_are_fetched_opened_and_kept(made: Made, kind: Kind) -> None:
    made.client(kind)
    known = made.hands.credentials()["certificates"]
    assert sorted(each.read_text() for each in made.folder.iterdir()) == sorted(known)


@pytest.mark.parametrize("kind", BY_CERTIFICATE, ids=str)
def test_without_the_right_key_no_certificate_opens(made: Made, kind: Kind) -> None:
    with pytest.raises(Exception, match="No wechatpay platform certificate"):
        made.client(kind, apiv3_key="0" * 32)


@pytest.mark.parametrize("kind", BY_CERTIFICATE, ids=str)
def test_a_certificate_that_is_rotated_while_the_client_runs_is_fetched(
    made: Made, kind: Kind
) -> None:
    client = made.client(kind)
    before = len(list(made.folder.iterdir()))
    made.hands.advance(86_400)
    made.hands.do("POST", "/certificates")
    assert good(order(client))["code_url"]
    assert len(list(made.folder.iterdir())) == before + 1


@pytest.mark.parametrize("kind", BY_CERTIFICATE, ids=str)
def test_the_client_without_a_public_key_stumbles_over_its_name(made: Made, kind: Kind) -> None:
    client = made.client(kind)
    path = f"/merchants/{client.client._mchid}"
    made.hands.do("PUT", path, {"signing_mode": PUBLIC_KEY})
    try:
        with pytest.raises(ValueError, match="invalid literal for int"):
            order(client)
    finally:
        made.hands.do("PUT", path, {"signing_mode": CERTIFICATE})


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_who_signs_wrongly_is_told_so(made: Made, kind: Kind) -> None:
    stranger = made.hands.merchant(PUBLIC_KEY if kind.mode == CERTIFICATE else CERTIFICATE)
    if kind.mode == CERTIFICATE:
        made.client(kind)  # leaves its certificates, so that the next ones need not ask
    for wrong in (
        {"private_key": stranger["private_pem"]}, {"cert_serial_no": stranger["serial"]},
        {"mchid": "1234567890"},
    ):  # fmt: skip
        assert missing(made.client(kind, **wrong)) == (401, "SIGN_ERROR")


def test_an_answer_that_is_signed_wrongly_is_not_believed(shop: Shop) -> None:
    number, _ = shop.order()
    shop.hands.arm("bad_signature", operation=QUERY)
    with pytest.raises(Exception, match="failed to verify the signature"):
        shop.client.query(out_trade_no=number)
    assert good(shop.client.query(out_trade_no=number))["out_trade_no"] == number


def test_the_client_believes_a_refusal_that_is_signed_wrongly(shop: Shop) -> None:
    shop.hands.arm("bad_signature", operation=QUERY)
    assert missing(shop.client) == (404, "ORDER_NOT_EXIST")
    assert shop.hands.do("GET", "/faults")["faults"] == []


def test_an_order_whose_answer_was_lost_is_the_same_when_it_is_repeated(shop: Shop) -> None:
    shop.hands.arm("dropped", operation="/v3/pay/transactions/jsapi")
    number = new_number()
    asked: dict[str, Any] = {
        "description": "龙井", "out_trade_no": number, "amount": {"total": 1},
        "payer": {"openid": shop.openid},
    }  # fmt: skip
    assert shop.client.pay(**asked)[0] == 502
    assert good(shop.client.pay(**asked))["prepay_id"]
    assert good(shop.client.query(out_trade_no=number))["trade_state"] == "NOTPAY"


def test_a_busy_wechat_says_so(shop: Shop) -> None:
    shop.hands.arm("rate_limited", operation=QUERY)
    assert missing(shop.client) == (429, "FREQUENCY_LIMITED")
    shop.hands.arm("system_error", operation=QUERY)
    assert missing(shop.client) == (500, "SYSTEM_ERROR")
    assert missing(shop.client) == (404, "ORDER_NOT_EXIST")


def test_a_slow_wechat_is_waited_for_only_as_long_as_the_client_was_told(made: Made) -> None:
    client = made.client(Kind(is_async=False, mode=PUBLIC_KEY), timeout=(5, 0.3))
    made.hands.arm("slow", operation=QUERY, settings={"seconds": "1"})
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.query(out_trade_no=new_number())
