"""Shoppers by plain HTTP, who count what they do: pages, searches, orders, payments, refunds."""

import re
import ssl
import time
from collections import Counter
from html import unescape
from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.whole import Whole
from tests.web.reader import fields

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
LINKED = re.compile(r'href="(/shops/[^/"]+/products/[^/"?]+)"')
NOTHING = ("没有完全符合的", "没有找到")
SHOP = "/shops/jishi"
TLS = ssl.create_default_context()
"""Made once: it takes longer than a page."""


OPEN: list[httpx.Client] = []


def opened(base: str, headers: dict[str, str]) -> httpx.Client:
    """Open a browser, or a program's line."""
    OPEN.append(httpx.Client(base_url=base, headers=headers, timeout=30, verify=TLS))
    return OPEN[-1]


def close_all() -> None:
    """Close all of them."""
    while OPEN:
        OPEN.pop().close()


class Tally:
    """What was done, by type: how often, and for how much."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.fen: Counter[str] = Counter()
        self.empty = 0

    def count(self, kind: str, fen: int = 0) -> None:
        """Count one more."""
        self.times[kind] += 1
        self.fen[kind] += fen


class Shopper:
    """One browser, with its cookies."""

    def __init__(self, whole: Whole, tally: Tally, agent: str = PHONE) -> None:
        self.whole, self.tally = whole, tally
        headers = {"user-agent": agent, "accept-language": "zh-CN"}
        self.client = opened(whole.base, headers)

    def get(self, path: str, kind: str = "page.view") -> str:
        """Look at a page."""
        answer = self.client.get(path)
        assert answer.status_code == httpx.codes.OK, (path, answer.status_code, answer.text[-500:])
        self.tally.count(kind)
        return unescape(answer.text)

    def post(self, path: str, form: dict[str, str], **files: Any) -> str:
        """Send a form; gives where it leads."""
        headers = {"origin": self.whole.base}
        answer = self.client.post(path, data=form, headers=headers, **files)
        assert answer.status_code == httpx.codes.SEE_OTHER, (path, unescape(answer.text)[-900:])
        return answer.headers["location"]

    def wechat(self, method: str, path: str, **body: str) -> Any:
        """Use the sandbox's control door."""
        answer = self.client.request(method, f"{self.whole.wechat}{path}", json=body or None)
        assert answer.is_success, answer.text
        return answer.json()

    def follow(self, name: str) -> dict[str, Any]:
        """Follow the account; WeChat tells the market. Gives who it was."""
        known = self.wechat("GET", "/sandbox/credentials")["accounts"]
        appid = next(each["appid"] for each in known if each["kind"] == "service")
        born = self.wechat("POST", "/sandbox/people", name=name)["person_id"]
        return self.deed("follow", {"person_id": born, "appid": appid})

    def deed(self, name: str, who: dict[str, Any]) -> dict[str, Any]:
        """Follow, or unfollow."""
        answer = self.client.post(f"{self.whole.wechat}/sandbox/deeds/{name}", json=who)
        assert answer.is_success, answer.text
        self.tally.count(name)
        return who

    def visit(self, entry: str) -> str:
        """Come in through a door, search twice, and look at the first simple product."""
        self.get(f"/?entry={entry}")
        self.search("红芸豆")
        self.search("zzqqxx")
        product = self.search("花生") or self.search("红芸豆")
        self.get(product, "product.view")
        self.told(product)
        return product

    def search(self, words: str) -> str:
        """Search; gives the first thing found."""
        page = self.get(f"/search?q={words}", "search.query")
        is_empty = any(each in page for each in NOTHING)
        self.tally.empty += is_empty
        return "" if is_empty else LINKED.findall(page)[0]

    def told(self, path: str) -> None:
        """Leave a page, as its script tells."""
        body = f'{{"path": "{path}", "ms": 640.5}}'
        headers = {"origin": self.whole.base, "content-type": "text/plain;charset=UTF-8"}
        answer = self.client.post("/seen", content=body, headers=headers)
        assert answer.status_code == httpx.codes.NO_CONTENT
        self.tally.count("page.perf")

    def sign_in(self, phone: str) -> None:
        """Prove a phone, agree to the texts, give an address."""
        form = fields(self.get("/sign-in?back=/orders"))
        where = self.post("/sign-in/codes", {**form, "name": phone})
        form = fields(self.get(where))
        self.post("/sign-in/code", {**form, "code": self.code_in(phone)})
        for _ in ("rules", "privacy"):
            self.tally.count("consent")
        form = fields(self.get("/addresses/new"))
        form |= {
            "recipient": "张三", "phone": phone, "province": "330000", "city": "330100",
            "district": "330106", "street": "文三路 100 号", "do": "save",
        }  # fmt: skip
        self.post("/addresses", form)

    def code_in(self, phone: str) -> str:
        """Read the code that came, as soon as it did."""
        end = time.monotonic() + 20
        path = f"/sandbox/messages?to=%2B86{phone}"
        while not (sent := self.wechat("GET", path)["messages"]):
            assert time.monotonic() < end
            time.sleep(0.05)
        return str(re.findall(r"[0-9]{6}", sent[0]["words"])[0])

    def order(self, product: str, to: str, quantity: int = 1) -> tuple[str, int]:
        """Order; gives the order's public id and what it costs."""
        public = product.rpartition("/")[2]
        page = self.get(product, "product.view")
        chosen = {name: value for name, value in fields(page).items() if name.startswith("o")}
        asked = httpx.QueryParams(product=public, quantity=quantity, **chosen)
        way = {"to": "pickup"} if to == "pickup" else {}
        form = fields(self.get(f"{SHOP}/checkout?{asked.merge(way)}"))
        cost = int(form["seen0"]) * quantity + int(form["freight0"])
        placed = self.post("/checkout", form).rpartition("/")[2]
        self.tally.count("order.place", cost)
        return placed, cost

    def pay(self, order: str, cost: int) -> None:
        """Pay by a code; the market hears of it from WeChat."""
        path = f"{SHOP}/orders/{order}"
        cashier = self.post(f"{path}/payment", {**fields(self.get(path)), "way": "native"})
        self.tally.count("pay.start", cost)
        self.get(cashier)
        newest = self.wechat("GET", "/sandbox/orders")["orders"][0]
        assert newest["total_fen"] == cost
        paid = self.wechat("POST", "/sandbox/payments", prepay_id=newest["prepay_id"])
        assert paid["is_paid"]
        self.tally.count("order.pay", cost)

    def confirm(self, order: str) -> None:
        """Say that the parcel came."""
        path = f"{SHOP}/orders/{order}"
        self.post(f"{path}/receipt", fields(self.get(path)))
        self.tally.count("shipment.receive")

    def ask_back(self, order: str) -> None:
        """Want the money back before anything was sent."""
        path = f"{SHOP}/orders/{order}/after-sale"
        form = fields(self.get(f"{path}?line=1"))
        form |= {"kind": "refund_only", "reason": "not_wanted", "quantity": "1"}
        self.post(path, form, files={"photographs": ("", b"", "application/octet-stream")})
        self.tally.count("order.dispute")


class Seller:
    """The shop's own program, with its key."""

    def __init__(self, whole: Whole, tally: Tally) -> None:
        self.tally = tally
        scopes = ("orders:read", "orders:write", "after_sale:read", "after_sale:write")
        issued = whole.command("api-key", "issue", "jishi", "erp", *scopes)
        assert issued.returncode == 0, issued.stdout + issued.stderr
        headers = {"authorization": f"Bearer {issued.stdout.strip().split()[-1]}"}
        self.client = opened(f"{whole.base}/api/v1", headers)

    def ask(self, path: str, **body: Any) -> Any:
        """Ask for something to be done."""
        answer = self.client.post(path, json=body, headers={"idempotency-key": str(uuid4())})
        assert answer.is_success, (path, answer.text)
        return answer.json()

    def stands(self, order: str) -> str:
        """Read where an order stands."""
        return str(self.client.get(f"/orders/{order}").json()["state"])

    def ship(self, order: str, number: str) -> None:
        """Send an order whole."""
        left = self.client.get(f"/orders/{order}/parcels").json()["left"]
        self.ask(f"/orders/{order}/parcels", carrier="SF", tracking_number=number, lines=left)
        self.tally.count("shipment.ship")

    def agree(self, cost: int) -> None:
        """Agree to the newest case."""
        newest = self.client.get("/cases?state=seller_review").json()["items"][0]
        self.ask(f"/cases/{newest['case']}/agreement", note="")
        self.tally.count("order.refund", cost)
