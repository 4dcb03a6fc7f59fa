"""The storefront over HTTP: what it shows, what it refuses, and to whom."""

import asyncio
import re
from html import unescape
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.site import Site
from tests.web.shopper import Shopper

PAGES = ("/", "/orders", "/language?back=/", "/robots.txt", "/healthz", "/nothing")


def path_of(location: str) -> str:
    """Give the path of a redirect."""
    return urlsplit(location).path


async def count(site: Site, question: str) -> int:
    """Count rows as the owner."""
    connection = await asyncpg.connect(site.owner_url)
    try:
        return int(await connection.fetchval(question))
    finally:
        await connection.close()


def test_every_product_page_of_the_sample_opens_in_both_languages(site: Site) -> None:
    async def addresses() -> list[str]:
        connection = await asyncpg.connect(site.owner_url)
        rows = await connection.fetch(
            "select shop.public_id as shop, product.public_id as product, title, title_en"
            " from goods.products as product join goods.shops as shop using (book)"
        )
        await connection.close()
        return [f"{r['shop']}|{r['product']}|{r['title']}|{r['title_en']}" for r in rows]

    found = asyncio.run(addresses())
    assert len(found) == 32
    for each in found:
        shop, product, title, title_en = each.split("|")
        for language, said in (("zh-CN", title), ("en", title_en)):
            page = Shopper(site, language).ask(f"/shops/{shop}/products/{product}")
            assert page.status == 200
            assert said in unescape(page.text)
            assert f'<html lang="{language}">' in page.text


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_guarded(site: Site, path: str) -> None:
    reply = site.ask(path)
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-request-id"]


def test_reading_sets_no_visitor(site: Site) -> None:
    shopper = Shopper(site)
    shopper.ask("/")
    shopper.ask(shopper.products()[0])
    assert "visitor" not in shopper.cookies


def test_an_order_is_placed_seen_and_cancelled(site: Site) -> None:
    shopper = Shopper(site)
    placed = shopper.place({**shopper.checkout(), "remark0": "<b>轻放</b>"})
    assert placed.status == 303
    order = path_of(placed.headers["location"])
    page = shopper.ask(order)
    assert page.status == 200
    assert "待付款" in page.text
    assert "<b>轻放" not in page.text
    assert "&lt;b&gt;轻放" in page.text
    fields = dict(re.findall(r'name="(form)" value="([^"]*)"', page.text))
    cancelled = shopper.ask(f"{order}/cancellation", fields)
    assert cancelled.status == 303
    closed = shopper.ask(path_of(cancelled.headers["location"]))
    assert "cancellation" not in closed.text
    assert order in unescape(shopper.ask("/orders").text)


def test_a_double_tap_is_one_order(site: Site) -> None:
    shopper = Shopper(site)
    form = shopper.checkout()
    first, second = shopper.place(form), shopper.place(form)
    assert first.headers["location"] == second.headers["location"]
    number = first.headers["location"].rpartition("/")[2]
    question = f"select count(*) from trade.orders where public_id = '{number}'"
    assert asyncio.run(count(site, question)) == 1


def test_another_visitor_does_not_find_the_order(site: Site) -> None:
    mine, other = Shopper(site), Shopper(site)
    order = path_of(mine.place(mine.checkout()).headers["location"])
    other.place(other.checkout())
    assert other.ask(order).status == 404
    assert order not in unescape(other.ask("/orders").text)
    fields = {"form": other.checkout()["form"]}
    assert other.ask(f"{order}/cancellation", fields).status == 404
    assert mine.ask(order).status == 200


def test_a_forged_form_changes_nothing(site: Site) -> None:
    shopper = Shopper(site)
    form = shopper.checkout()
    before = asyncio.run(count(site, "select count(*) from trade.orders"))
    assert shopper.place({**form, "form": "0" * 32}).status == 403
    assert shopper.place({name: form[name] for name in form if name != "form"}).status == 403
    assert shopper.place(form, origin="https://evil.example").status == 403
    assert shopper.place(form, sec_fetch_site="cross-site").status == 403
    stranger = Shopper(site)
    assert stranger.place(form).status == 403
    assert asyncio.run(count(site, "select count(*) from trade.orders")) == before
    assert shopper.place(form).status == 303


def test_a_tampered_visitor_is_nobody(site: Site) -> None:
    shopper = Shopper(site)
    order = path_of(shopper.place(shopper.checkout()).headers["location"])
    number, _, signature = shopper.cookies["visitor"].partition(".")
    for forged in (f"{int(number, 16) + 1:x}.{signature}", number, f"{number}.", "x.y", ""):
        shopper.cookies["visitor"] = forged
        assert shopper.ask(order).status == 404


def test_a_price_that_nobody_saw_is_refused_and_the_form_is_kept(site: Site) -> None:
    shopper = Shopper(site)
    form = shopper.checkout()
    reply = shopper.place({**form, "seen0": "1", "remark0": "要红色的"})
    assert reply.status in {409, 422}
    assert "要红色的" in reply.text
    assert form["seen0"] in reply.text


def test_more_than_there_is_is_refused_kindly_in_both_languages(site: Site) -> None:
    for language, word in (("zh-CN", "库存"), ("en", "stock")):
        shopper = Shopper(site, language)
        reply = shopper.place({**shopper.checkout(), "quantity0": "999"})
        assert reply.status == 409
        assert word in reply.text.lower() or "售罄" in reply.text or "left" in reply.text


@pytest.mark.parametrize("broken", ["quantity0", "sku0", "key", "seen0", "book0"])
def test_a_broken_field_is_an_answer_and_never_a_crash(site: Site, broken: str) -> None:
    for nonsense in ("", "abc", "-1", "9" * 40, "\x00", "🍵", "<script>"):
        shopper = Shopper(site)
        reply = shopper.place({**shopper.checkout(), broken: nonsense})
        assert reply.status in {400, 404, 409, 422}, (broken, nonsense, reply.status)
        assert "<script>" not in reply.text.replace("<script src", "")


def test_only_own_paths_are_redirected_to(site: Site) -> None:
    shopper = Shopper(site)
    page = shopper.ask("/language?back=/orders")
    fields = dict(re.findall(r'name="(form)" value="([^"]*)"', page.text))
    for back in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"):
        reply = shopper.ask("/language", {**fields, "language": "en", "back": back})
        assert reply.status == 303
        assert reply.headers["location"].startswith("/")
        assert "evil" not in reply.headers["location"]
    assert shopper.ask("/").text.count('lang="en"') >= 1


def test_an_unknown_address_is_a_kind_404_in_both_languages(site: Site) -> None:
    for path in ("/nothing", "/shops/x/products/y", "/shops/jishi/orders/none", "/pictures/abc"):
        for language in ("zh-CN", "en"):
            reply = Shopper(site, language).ask(path)
            assert reply.status == 404
            assert "Traceback" not in reply.text


def test_a_picture_is_kept_for_ever(site: Site) -> None:
    shopper = Shopper(site)
    found = re.search(r'src="(/pictures/[0-9a-f]+/750|&#x2f;pictures[^"]+)"', shopper.ask("/").text)
    assert found
    reply = site.ask(unescape(found[1]))
    assert (reply.status, reply.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in reply.headers["cache-control"]


def test_the_logs_know_nobody(site: Site) -> None:
    shopper = Shopper(site)
    shopper.place({**shopper.checkout(), "remark0": "秘密留言甲乙丙"})
    shopper.ask("/?secret=canary-in-the-query")
    with open(site.log, encoding="utf-8") as file:  # noqa: PTH123 - a path in a record of texts
        log = file.read()
    assert '"route":"/shops/{shop' in log
    for secret in ("秘密留言", "canary-in-the-query", shopper.cookies["visitor"], "127.0.0.1"):
        assert secret not in log


def test_health_is_told_to_whoever_sits_at_the_machine(site: Site) -> None:
    assert site.ask("/healthz").status == 200
    assert site.ask("/readyz").status == 200
    metrics = site.ask("/metrics")
    assert "jishi_requests_total" in metrics.text
    assert site.ask("/metrics", headers={"x-forwarded-for": "10.0.0.1"}).status == 404


@pytest.mark.parametrize(
    "path",
    ["/shops/%00/products/x", "/shops/jishi/products/%00", "/pictures/%00", "/orders?before=%00",
     "/?before=abc", "/?before=99999999999999999999", "/shops/jishi/checkout?product=%00",
     "/shops/jishi/checkout?product=x&quantity=%F0%9F", "/shops/%FF/products/x",
     "/language?back=%00", "/" + "x" * 5_000],
)  # fmt: skip
def test_an_odd_address_is_an_answer_and_never_a_crash(site: Site, path: str) -> None:
    assert site.ask(path).status in {200, 303, 400, 404, 414, 422}
