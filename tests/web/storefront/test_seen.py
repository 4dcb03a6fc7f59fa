"""What pages tell the evidence: the visit, its door, what was looked at; robots marked."""

import asyncio
from typing import Any, NamedTuple

import asyncpg
import pytest

from jishi import evidence
from jishi.web import files
from tests.web.reader import ORIGIN, Reader, checkout_path

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.50"
SCRIPT_BYTES_MAX = 600


class Row(NamedTuple):
    """What a page told."""

    type: str
    object_id: int
    quantity: int
    value: float
    entry: str
    person_id: int
    is_robot: bool
    session_id: int
    props: str
    book: int


@pytest.fixture
def rows(reader: Reader, owner_url: str) -> Any:
    """Read what was told since the test began."""
    reader.client.headers["user-agent"] = PHONE
    query = f"select {', '.join(Row._fields)} from evidence.seen where batch > $1 order by event_id"

    async def ask(sql: str, *values: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(owner_url)
        try:
            return list(await connection.fetch(sql, *values))
        finally:
            await connection.close()

    def flush() -> None:
        with reader.client.portal() as portal:
            portal.call(evidence.recorder.flush)

    flush()
    before = asyncio.run(ask("select batch from evidence.copying"))[0]["batch"]

    def read() -> list[Row]:
        flush()
        return [Row(*each) for each in asyncio.run(ask(query, before))]

    return read


def test_a_visit_keeps_its_number_and_its_door(reader: Reader, book: int, rows: Any) -> None:
    reader.get("/?entry=menu")
    reader.get(f"/shops/shop-{book}/products/product-{book}-1")
    reader.get("/cart")
    home, product, cart = rows()
    assert home[:7] == ("page.view", 0, 0, 0.0, "menu", 0, False)
    assert product[:7] == ("product.view", book * 100_000 + 1, 0, 0.0, "menu", 0, False)
    assert (product.book, home.book, home.props) == (book, 1, '{"page":"home"}')
    assert cart.props == '{"page":"cart"}'
    assert len({home.session_id, product.session_id, cart.session_id}) == 1


def test_a_link_that_names_its_door_begins_another_visit(reader: Reader, rows: Any) -> None:
    reader.get("/")
    reader.get("/?from=singlemessage&isappinstalled=0")
    reader.get("/")
    first, shared, after = rows()
    assert [first.entry, shared.entry, after.entry] == ["direct", "share_friend", "share_friend"]
    assert first.session_id != shared.session_id == after.session_id


def test_a_forged_visit_is_a_new_one(reader: Reader, rows: Any) -> None:
    reader.client.cookies["visit"] = "1.1.ffffffff.0000000000000000"
    reader.get("/")
    (row,) = rows()
    assert row.session_id != 1
    assert row.entry == "direct"


def test_a_search_tells_how_much_it_found_and_not_what_was_sought(
    reader: Reader, book: int, rows: Any
) -> None:
    reader.get("/search?q=zzqqxxyy")
    reader.get("/search")
    (row,) = rows()
    assert row[:4] == ("search.query", 0, 0, 0.0)
    assert "zzqqxxyy" not in str(row)
    assert book


def test_a_cart_and_an_order_are_of_the_visit(
    reader: Reader, book: int, rows: Any, owner_url: str
) -> None:
    reader.get("/?entry=favourite")
    reader.put(book, quantity=2)
    reader.get(checkout_path(book))
    reader.order(book)
    told = [row for row in rows() if row.type == "cart.add"]
    assert [(row.object_id, row.quantity, row.entry) for row in told] == [
        (book * 100_000 + 1, 2, "favourite")
    ]
    assert told[0].person_id > 0

    async def origin() -> Any:
        connection = await asyncpg.connect(owner_url)
        try:
            return await connection.fetchrow(
                "select entry, session_id,"
                " order_id in (select order_id from trade.orders) as is_there"
                " from evidence.origins where book = $1",
                book,
            )
        finally:
            await connection.close()

    assert tuple(asyncio.run(origin())) == ("favourite", told[0].session_id, True)


def test_robots_and_prefetches_are_marked_and_get_no_cookie(reader: Reader, rows: Any) -> None:
    robot = reader.get("/", **{"user-agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"})
    guess = reader.get("/", **{"sec-purpose": "prefetch;prerender"})
    assert "set-cookie" not in robot.headers
    assert "set-cookie" not in guess.headers
    assert [row.is_robot for row in rows()] == [True, True]


def beacon(reader: Reader, body: str, **headers: str) -> int:
    headers = {"content-type": "text/plain;charset=UTF-8", **headers}
    return reader.client.post("/seen", content=body, headers=headers).status_code


def test_a_page_tells_how_long_it_took(reader: Reader, rows: Any) -> None:
    reader.get("/")
    assert beacon(reader, '{"path": "/cart", "ms": 812.4}', origin=ORIGIN) == 204
    _, row = rows()
    assert (row.type, row.value, row.props) == ("page.perf", 0.812, '{"page":"cart"}')


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ('{"path": "/", "ms": 800}', {"origin": "http://elsewhere.example"}, 403),
        ('{"path": "/", "ms": 800}', {"origin": ORIGIN, "sec-fetch-site": "cross-site"}, 403),
        ('{"path": "/", "ms": 800}', {}, 403),
        ('{"path": "/"}', {"origin": ORIGIN}, 400),
        ("\x00", {"origin": ORIGIN}, 400),
        ('{"path": "' + "x" * 600 + '", "ms": 800}', {"origin": ORIGIN}, 413),
        ('{"path": "/", "ms": -4}', {"origin": ORIGIN}, 204),
        ('{"path": "/", "ms": 1e300}', {"origin": ORIGIN}, 204),
    ],
)
def test_what_is_foreign_malformed_or_asleep_is_not_kept(
    reader: Reader, rows: Any, body: str, headers: dict[str, str], status: int
) -> None:
    assert beacon(reader, body, **headers) == status
    assert rows() == []


def test_the_script_is_small_and_every_page_of_the_shop_has_it(reader: Reader) -> None:
    script = files.FILES[files.SEEN]
    assert len(script.body) <= SCRIPT_BYTES_MAX
    assert b"sendBeacon" in script.body
    assert files.SEEN in reader.get("/").text
    assert files.SEEN not in reader.get("/console/sign-in").text
