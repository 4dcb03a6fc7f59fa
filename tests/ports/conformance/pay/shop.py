"""A shop that speaks to Pay by wechatpayv3, in either of its clients and either of its modes."""

import json
import secrets
from typing import Any, NamedTuple

from jishi.sandbox.cast import openid
from tests.ports.conformance.clients import PUBLIC_KEY, Kind, PayClient, types_of
from tests.ports.conformance.hands import Hands
from tests.ports.conformance.receiver import Came, Inbox

SCENE = {"payer_client_ip": "14.23.150.211", "h5_info": {"type": "Wap"}}


class Shop(NamedTuple):
    """A merchant with its client, an account, somebody who buys, and where notifications come."""

    kind: Kind
    hands: Hands
    client: PayClient
    merchant: Any
    account: Any
    person: Any
    inbox: Inbox

    @property
    def types(self) -> Any:
        """Give the client's own names for the ways to pay."""
        return types_of(self.kind)

    @property
    def mchid(self) -> str:
        """Give the merchant's number."""
        return str(self.merchant["mchid"])

    @property
    def openid(self) -> str:
        """Give the buyer's name in the account."""
        return openid(self.account["appid"], self.person["unionid"])

    def order(self, total: int = 1_299, **more: object) -> tuple[str, str]:
        """Order for the buyer, in a page; give the merchant's number and the prepay_id."""
        number = new_number()
        prepaid = good(
            self.client.pay(
                description="龙井 100克", out_trade_no=number, amount={"total": total},
                payer={"openid": self.openid}, **more,
            )
        )  # fmt: skip
        return number, str(prepaid["prepay_id"])

    def paid(self, total: int = 1_299, **more: object) -> tuple[str, str]:
        """Order, and have the buyer pay; give the merchant's number and WeChat's."""
        number, prepay_id = self.order(total, **more)
        told = self.hands.do("POST", "/payments", {"prepay_id": prepay_id})
        assert told["is_paid"], told
        return number, str(told["transaction_ids"][0])

    def notified(self) -> list[Any]:
        """Have brought what is due; give what the client makes of it, by its `callback`."""
        self.hands.settle()
        return [self.opened(each) for each in self.inbox.taken()]

    def opened(self, came: Came) -> Any:
        """Give a notification to the client."""
        return self.client.callback(came.headers, came.body)


def client_settings(known: Any, merchant: Any, url: str, mode: str) -> dict[str, object]:
    """Give what a merchant's client is made with; `known` is all the sandbox's credentials."""
    account = next(each for each in known["accounts"] if each["kind"] == "service")
    settings: dict[str, object] = {
        "mchid": merchant["mchid"], "private_key": merchant["private_pem"],
        "cert_serial_no": merchant["serial"], "appid": account["appid"],
        "apiv3_key": merchant["apiv3_key"], "notify_url": url, "timeout": (5, 30),
    }  # fmt: skip
    if mode == PUBLIC_KEY:
        settings["public_key"] = known["public_key_pem"]
        settings["public_key_id"] = known["public_key_id"]
    return settings


def new_number() -> str:
    """Give a number that was never used."""
    return f"T{secrets.token_hex(12)}"


def good(answered: tuple[int, Any]) -> Any:
    """See that an answer is good; give its JSON."""
    status, body = answered
    assert status in {200, 204}, body
    return json.loads(body) if body else None


def refused(answered: tuple[int, Any]) -> tuple[int, str]:
    """See that an answer is a refusal, whole; give its status and code."""
    status, body = answered
    told = json.loads(body)
    assert status >= 400, told
    assert told.keys() <= {"code", "message", "detail"}, told
    assert told["message"]
    return status, str(told["code"])
