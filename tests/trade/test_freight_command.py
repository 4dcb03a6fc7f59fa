"""`jishi freight`: a template is set for the next order, or the file is refused and says why."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from jishi import trade
from jishi.cli.freight import freight
from jishi.kernel import new_id
from jishi.trade.freight_rules import Freight, Zone
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.freights import flat, unserved
from tests.trade.orders import place


@pytest.fixture
def book(database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Give the book of a new shop; the command finds the database by the URL."""
    monkeypatch.setenv("JISHI_DATABASE_URL", database_url)
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


def run(folder: Path, shop: str, data: bytes) -> int:
    """Run the command on a file with this in it; give the exit code."""
    file = folder / "freight.json"
    file.write_bytes(data)
    with pytest.raises(SystemExit) as ended:
        freight(file, shop=shop)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def template(*zones: Zone) -> bytes:
    """Give a file."""
    return msgspec.json.encode(Freight("piece", list(zones)))


def freight_of(database_url: str, book: int) -> int:
    """Give what delivery costs now, by asking for an order that has seen another charge."""

    async def scene() -> int:
        async with opened(database_url) as market:
            wrong = place(book, (sku_of(book, 1), 1, price_of(1)), freight_fen=999_999)
            answer = await market.ask(wrong)
            assert isinstance(answer, trade.OrderPlaced) is False
            new_fen = answer.detail["new_fen"]  # type: ignore[union-attr]  # it is a refusal
            assert isinstance(new_fen, int)
            return new_fen

    return asyncio.run(scene())


def test_a_template_from_a_file_holds_for_the_next_order(
    tmp_path: Path, database_url: str, book: int
) -> None:
    assert freight_of(database_url, book) == 0
    assert run(tmp_path, f"shop-{book}", template(flat(800), unserved("65"))) == 0
    assert freight_of(database_url, book) == 800


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "is no template"),
        (b'{"charged_by": "piece", "zones": [{"divisions": "44"}]}', "is no template"),
        (template(flat(-1)), "out of bounds"),
        (template(flat(1), flat(2)), "named twice"),
        (template(flat(1, divisions=("4",))), "no such code"),
    ],
)
def test_a_file_that_is_no_template_changes_nothing(
    tmp_path: Path, database_url: str, book: int, capsys: pytest.CaptureFixture[str],
    data: bytes, said: str,
) -> None:  # fmt: skip
    assert run(tmp_path, f"shop-{book}", data) == 1
    assert said in capsys.readouterr().out
    assert freight_of(database_url, book) == 0


def test_a_shop_that_is_not_there_is_said(
    tmp_path: Path, book: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert book
    assert run(tmp_path, "nowhere", template(flat(1))) == 1
    assert "There is no shop nowhere" in capsys.readouterr().out
