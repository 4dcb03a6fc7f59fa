"""A shop for each of wechatpayv3's two clients, in each of its two modes."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.ports.conformance.clients import (
    CERTIFICATE,
    KINDS,
    Kind,
    keep_certificates,
    let_go,
    open_pay_client,
)
from tests.ports.conformance.hands import Hands
from tests.ports.conformance.pay.judging import faults
from tests.ports.conformance.pay.shop import Shop, client_settings
from tests.ports.conformance.receiver import Server


@pytest.fixture(scope="session", params=KINDS, ids=str)
def open_shop(
    request: pytest.FixtureRequest,
    hands: Hands,
    server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shop]:
    """Open a shop of a kind, once a worker."""
    kind: Kind = request.param
    merchant, known = hands.merchant(kind.mode), hands.credentials()
    account = next(each for each in known["accounts"] if each["kind"] == "service")
    inbox = server.inbox(f"/notify/{kind}")
    settings = client_settings(known, merchant, inbox.url, kind.mode)
    if kind.mode == CERTIFICATE:
        folder = tmp_path_factory.mktemp("certificates")
        keep_certificates(folder, known["certificates"])
        settings["cert_dir"] = str(folder)
    with asyncio.Runner() as runner:
        client = open_pay_client(kind, hands.base, runner, settings)
        yield Shop(kind, hands, client, merchant, account, hands.person(), inbox)
        let_go(client)


@pytest.fixture
def shop(open_shop: Shop) -> Iterator[Shop]:
    """Lend a shop; afterwards, what was said is held against the public description."""
    open_shop.hands.advance(10)
    open_shop.inbox.taken()
    before = open_shop.hands.last_exchange()
    yield open_shop
    assert faults(open_shop.hands, before) == []
