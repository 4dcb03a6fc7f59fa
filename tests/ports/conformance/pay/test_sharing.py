"""wechatpayv3 shares a payment's profit: receivers, shares, returns, what is left, the bill."""

import gzip
from typing import Any

import pytest

from jishi.sandbox.cast import openid
from jishi.sandbox.pay.rules import BEIJING
from tests.ports.conformance.hands import DAY
from tests.ports.conformance.pay.shop import Shop, good, new_number, refused

pytestmark = pytest.mark.filterwarnings("ignore:Properties that return a na")
SHARED = {"settle_info": {"profit_sharing": True}}


def receivers(shop: Shop) -> tuple[Any, str]:
    """Add a merchant and a person, their names hidden; give the merchant and the openid."""
    others = shop.hands.credentials()["merchants"]
    supplier = next(each for each in others if each["mchid"] != shop.mchid)
    sharer = openid(shop.account["appid"], shop.person["unionid"])
    good(
        shop.client.profitsharing_add_receiver(
            "MERCHANT_ID", supplier["mchid"], "SUPPLIER", name=supplier["name"]
        )
    )
    added = good(
        shop.client.profitsharing_add_receiver(
            "PERSONAL_OPENID", sharer, "CUSTOM", name=shop.person["name"], custom_relation="分享者"
        )
    )
    assert added["account"] == sharer
    return supplier, sharer


def to_share(shop: Shop, total: int = 1_000) -> str:
    """Sell what is to be shared, and wait the minute; give WeChat's number."""
    _, transaction_id = shop.paid(total, **SHARED)
    shop.hands.advance(61)
    shop.inbox.taken()
    return transaction_id


def share(kind: str, account: str, amount: int, **more: str) -> dict[str, Any]:
    """Give one receiver's part."""
    return {"type": kind, "account": account, "amount": amount, "description": "佣金", **more}


def test_a_payment_is_shared_with_a_merchant_and_a_person(shop: Shop) -> None:
    supplier, sharer = receivers(shop)
    transaction_id, number = to_share(shop), new_number()
    parts = [
        share("MERCHANT_ID", supplier["mchid"], 100, name=supplier["name"]),
        share("PERSONAL_OPENID", sharer, 50, name=shop.person["name"]),
    ]
    begun = good(shop.client.profitsharing_order(transaction_id, number, parts, False))
    assert begun["state"] == "PROCESSING"
    shop.hands.advance(10)
    done = good(shop.client.profitsharing_order_query(transaction_id, number))
    assert done["state"] == "FINISHED"
    assert {each["result"] for each in done["receivers"]} == {"SUCCESS"}
    left = good(shop.client.profitsharing_amount_query(transaction_id))
    assert left["unsplit_amount"] == 850
    told = shop.notified()
    # The same name as a payment's: who is told looks into what it carries.
    assert {each["event_type"] for each in told} == {"TRANSACTION.SUCCESS"}
    assert {each["resource"]["receiver"]["account"] for each in told} >= {supplier["mchid"]}


def test_a_merchant_gives_its_part_back_and_the_rest_is_let_go(shop: Shop) -> None:
    supplier, _ = receivers(shop)
    transaction_id, number, return_no = to_share(shop), new_number(), new_number()
    parts = [share("MERCHANT_ID", supplier["mchid"], 100)]
    good(shop.client.profitsharing_order(transaction_id, number, parts, False))
    shop.hands.advance(10)
    begun = good(
        shop.client.profitsharing_return(
            return_no, supplier["mchid"], 40, "退货", out_order_no=number
        )
    )
    assert begun["result"] == "PROCESSING"
    shop.hands.advance(10)
    assert good(shop.client.profitsharing_return_query(number, return_no))["result"] == "SUCCESS"
    too_much = shop.client.profitsharing_return(
        new_number(), supplier["mchid"], 61, "退货", order_id=begun["order_id"]
    )
    assert refused(too_much) == (403, "NOT_ENOUGH")
    freed = good(shop.client.profitsharing_unfreeze(transaction_id, new_number(), "全部解冻"))
    assert freed["transaction_id"] == transaction_id
    shop.hands.advance(10)
    assert good(shop.client.profitsharing_amount_query(transaction_id))["unsplit_amount"] == 0


def test_what_is_shared_too_early_too_much_or_with_strangers_is_refused(shop: Shop) -> None:
    supplier, sharer = receivers(shop)
    part = share("MERCHANT_ID", supplier["mchid"], 10)
    _, fresh = shop.paid(1_000, **SHARED)
    early = shop.client.profitsharing_order(fresh, new_number(), [part], False)
    assert refused(early) == (400, "INVALID_REQUEST")
    transaction_id = to_share(shop)
    over = share("MERCHANT_ID", supplier["mchid"], 301)
    answered = shop.client.profitsharing_order(transaction_id, new_number(), [over], False)
    assert refused(answered) == (403, "RULE_LIMIT")
    shop.client.profitsharing_delete_receiver("PERSONAL_OPENID", sharer)
    stranger = share("PERSONAL_OPENID", sharer, 10)
    answered = shop.client.profitsharing_order(transaction_id, new_number(), [stranger], False)
    assert refused(answered) == (400, "INVALID_REQUEST")
    missing = shop.client.profitsharing_order_query(transaction_id, new_number())
    assert refused(missing) == (404, "RESOURCE_NOT_EXISTS")


def test_a_part_that_fails_is_told_in_its_place(shop: Shop) -> None:
    supplier, sharer = receivers(shop)
    transaction_id, number = to_share(shop), new_number()
    shop.hands.arm("sharing_partial")
    parts = [share("MERCHANT_ID", supplier["mchid"], 9), share("PERSONAL_OPENID", sharer, 8)]
    good(shop.client.profitsharing_order(transaction_id, number, parts, True))
    shop.hands.advance(10)
    done = good(shop.client.profitsharing_order_query(transaction_id, number))
    results = {each["account"]: each["result"] for each in done["receivers"]}
    assert {results[supplier["mchid"]], results[sharer]} == {"SUCCESS", "CLOSED"}


def test_the_bill_of_what_was_shared_is_downloaded(shop: Shop) -> None:
    supplier, _ = receivers(shop)
    day = shop.hands.now().astimezone(BEIJING).date().isoformat()
    parts = [share("MERCHANT_ID", supplier["mchid"], 100)]
    good(shop.client.profitsharing_order(to_share(shop), new_number(), parts, True))
    shop.hands.advance(DAY + 11 * 3_600)
    ticket = good(shop.client.profitsharing_bill(day))
    _, content = shop.client.download_bill(ticket["download_url"])
    assert supplier["mchid"] in gzip.decompress(content).decode("utf-8-sig")


def test_the_client_hides_a_name_in_its_callers_own_list_so_a_second_try_hides_it_twice(
    shop: Shop,
) -> None:
    supplier, _ = receivers(shop)
    transaction_id, number = to_share(shop), new_number()
    parts = [share("MERCHANT_ID", supplier["mchid"], 100, name=supplier["name"])]
    good(shop.client.profitsharing_order(transaction_id, number, parts, False))
    assert parts[0]["name"] != supplier["name"]
    with pytest.raises(ValueError, match="Encryption"):
        shop.client.profitsharing_order(transaction_id, number, parts, False)
