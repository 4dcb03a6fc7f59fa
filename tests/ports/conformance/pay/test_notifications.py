"""wechatpayv3 opens what it is told, and what it makes of what it should not believe."""

import json
from typing import Any

import pytest

from tests.ports.conformance.clients import CERTIFICATE
from tests.ports.conformance.pay.shop import Shop
from tests.ports.conformance.receiver import Came, Said

PAID = "TRANSACTION.SUCCESS"


def judged(shop: Shop) -> list[Any]:
    """Have the client answer what comes: 204 to what it opens, 400 to what it does not."""
    made: list[Any] = []

    def answer(came: Came) -> Said:
        made.append(shop.opened(came))
        return Said(204 if made[-1] else 400)

    shop.inbox.answer = answer
    return made


def troubles(shop: Shop, after: int) -> list[str]:
    """Give what the inspector says of the notifications since."""
    found = shop.hands.exchanges(after, shop.inbox.url.rpartition("/")[2])
    return [each.trouble for each in found if each.direction == "out"][::-1]


@pytest.fixture(autouse=True)
def answers_are_good_again(shop: Shop) -> Any:
    """Let the inbox take everything afterwards."""
    yield
    shop.inbox.answer = lambda _: Said()
    shop.hands.advance(60)


def test_a_payment_is_told_and_opened_whole_or_only_what_it_carries(shop: Shop) -> None:
    number, transaction_id = shop.paid(attach="桌 7")
    shop.hands.settle()
    (came,) = shop.inbox.taken()
    whole = shop.opened(came)
    assert (whole["event_type"], whole["resource_type"]) == (PAID, "encrypt-resource")
    carried = whole["resource"]
    assert (carried["out_trade_no"], carried["transaction_id"]) == (number, transaction_id)
    assert (carried["attach"], carried["trade_state"]) == ("桌 7", "SUCCESS")
    assert json.loads(shop.client.decrypt_callback(came.headers, came.body)) == carried


def test_frameworks_write_headers_in_their_own_ways(shop: Shop) -> None:
    shop.paid()
    shop.hands.settle()
    (came,) = shop.inbox.taken()
    lower = {name.lower(): value for name, value in came.headers.items()}
    django = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in lower.items()}
    for headers in (lower, django):
        assert shop.client.callback(headers, came.body)["event_type"] == PAID


def test_a_changed_notification_is_not_opened(shop: Shop) -> None:
    shop.paid()
    shop.hands.settle()
    (came,) = shop.inbox.taken()
    assert shop.client.callback(came.headers, came.body.replace(b"encrypt", b"encrypT")) is None
    other = {**came.headers, "Wechatpay-Nonce": "0"}
    assert shop.client.callback(other, came.body) is None
    bare = {name: value for name, value in came.headers.items() if "Signature" not in name}
    with pytest.raises(Exception, match="does not support this algorithm"):
        shop.client.callback(bare, came.body)


def test_a_signature_probe_comes_to_nothing_and_the_truth_is_told_after_it(shop: Shop) -> None:
    made, before = judged(shop), shop.hands.last_exchange()
    shop.hands.arm("probe", operation=PAID)
    shop.paid()
    shop.hands.settle()
    assert [each and each["event_type"] for each in made] == [None, PAID]
    probe = shop.inbox.taken()[0]
    assert probe.headers["Wechatpay-Signature"].startswith("WECHATPAY/SIGNTEST/")
    assert troubles(shop, before) == ["", ""]


def test_a_notification_with_a_bad_signature_is_refused_and_told_again(shop: Shop) -> None:
    made = judged(shop)
    shop.hands.arm("bad_signature", operation=PAID)
    shop.paid()
    shop.hands.settle()
    assert made == [None]
    shop.hands.advance(15)
    assert [each and each["event_type"] for each in made] == [None, PAID]


def test_the_client_believes_a_signature_that_is_ten_minutes_old(shop: Shop) -> None:
    made, before = judged(shop), shop.hands.last_exchange()
    shop.hands.arm("replay", operation=PAID)
    shop.paid()
    shop.hands.settle()
    assert [each and each["event_type"] for each in made] == [PAID, PAID]
    assert troubles(shop, before) == ["replay: must be answered 4xx or 5xx, was 204", ""]


def test_the_client_opens_a_duplicate_as_if_it_were_new(shop: Shop) -> None:
    made = judged(shop)
    shop.hands.arm("duplicate", operation=PAID)
    shop.paid()
    shop.hands.settle()
    assert len(made) == 2
    assert made[0] == made[1]


def test_what_is_not_taken_is_told_again_under_the_same_id(shop: Shop) -> None:
    statuses = [500, 404, 200]
    shop.inbox.answer = lambda _: Said(statuses.pop(0))
    shop.paid()
    shop.hands.settle()
    shop.hands.advance(40)
    came = [shop.opened(each) for each in shop.inbox.taken()]
    assert len(came) == 3
    assert len({each["id"] for each in came}) == 1


def test_a_notification_that_is_lost_or_late_comes_all_the_same(shop: Shop) -> None:
    for fault in ("lost", "delayed"):
        shop.hands.arm(fault, operation=PAID)
        shop.paid()
        assert shop.notified() == []
        shop.hands.advance(15)
        assert [each["event_type"] for each in shop.notified()] == [PAID]


def test_a_key_that_is_changed_on_the_way_is_fetched_by_one_client_and_not_by_the_other(
    shop: Shop,
) -> None:
    made = judged(shop)
    shop.hands.arm("key_rotated", operation=PAID)
    number, _ = shop.paid()
    shop.hands.settle()
    # The asynchronous client opens notifications without waiting, so it cannot fetch.
    is_stuck = shop.kind.is_async and shop.kind.mode == CERTIFICATE
    assert [each and each["event_type"] for each in made] == [None if is_stuck else PAID]
    shop.client.query(out_trade_no=number)
    shop.hands.advance(15)
    assert made[-1]["resource"]["out_trade_no"] == number
