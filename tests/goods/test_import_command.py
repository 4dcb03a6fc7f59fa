"""`jishi import`: what it says, what it writes, and how it ends."""

import asyncio
import csv
from pathlib import Path

import pytest

from jishi import goods
from jishi.cli.import_catalogue import file_name, import_
from tests.conftest import opened
from tests.goods.catalogues import a_list, a_shop, tea
from tests.goods.test_views import address


@pytest.fixture
def shop(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Open an empty shop and give its address; the command finds the database by the URL."""
    monkeypatch.setenv("JISHI_DATABASE_URL", database_url)

    async def scene() -> str:
        async with a_shop(database_url) as (market, book):
            return await address(market, book)

    return asyncio.run(scene())


def titles(database_url: str, shop: str) -> list[str]:
    """Read what a shop shows."""

    async def scene() -> list[str]:
        async with opened(database_url) as market:
            cards = await market.look(goods.views.cards, before=2**63 - 1, cards_max=10_000)
            return sorted(card.title for card in cards if card.shop == shop)

    return asyncio.run(scene())


def run(folder: Path, *lines: str, **options: object) -> int:
    """Import a list of these lines; give the exit code."""
    file = folder / "list.csv"
    file.write_bytes(a_list(*lines))
    with pytest.raises(SystemExit) as ended:
        import_(file, **options)  # type: ignore[arg-type]  # the options of each test
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_a_good_list_goes_in(
    database_url: str, shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, tea("a"), tea("b", title="毛峰", code="T2"), shop=shop) == 0
    assert titles(database_url, shop) == ["毛峰", "龙井"]
    said = " ".join(capsys.readouterr().out.split())
    assert "2 products with 2 SKUs read (utf-8); 0 lines rejected." in said
    assert "Products: 2 new, 0 changed, 0 unchanged. SKUs: 2 new, 0 changed." in said


def test_nothing_goes_in_while_a_line_is_rejected(
    database_url: str, shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (tea("a"), tea("b", code="T2", price="[/red]"), tea("c", code="T1"))
    report = tmp_path / "report.csv"
    assert run(tmp_path, *lines, shop=shop, report=report) == 1
    assert titles(database_url, shop) == []
    said = " ".join(capsys.readouterr().out.split())
    assert "[/red]" in said
    assert "Nothing was imported." in said
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["line"], row["handle"], row["reason"]) for row in rows] == [
        ("3", "b", "price_unreadable"),
        ("4", "c", "sku_repeated"),
    ]


def test_bad_products_may_be_left_out(database_url: str, shop: str, tmp_path: Path) -> None:
    lines = (tea("a"), tea("b", title="毛峰", code="T2", price="abc"))
    assert run(tmp_path, *lines, shop=shop, skip_bad=True) == 0
    assert titles(database_url, shop) == ["龙井"]


def test_what_the_shop_rejects_is_reported_too(
    database_url: str, shop: str, tmp_path: Path
) -> None:
    report = tmp_path / "report.csv"
    assert run(tmp_path, tea("a"), shop=shop) == 0
    lines = (tea("b", title="毛峰", code="T1"), tea("c", title="=1+1", code="T3", price="-1"))
    assert run(tmp_path, *lines, shop=shop, skip_bad=True, report=report) == 1
    again = (*lines, tea("d", title="红茶", code="T4"))
    assert run(tmp_path, *again, shop=shop, skip_bad=True, report=report) == 0
    assert titles(database_url, shop) == ["红茶", "龙井"]
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["line"], row["reason"], row["said"]) for row in csv.DictReader(file)]
    assert rows == [("3", "price_unreadable", "'-1"), ("2", "sku_repeated", "T1 (of a)")]


def test_a_dry_run_only_reads(database_url: str, shop: str, tmp_path: Path) -> None:
    assert run(tmp_path, tea("a"), shop=shop, dry_run=True) == 0
    assert run(tmp_path, tea("a", price=""), shop=shop, dry_run=True) == 1
    assert titles(database_url, shop) == []


def test_an_unknown_shop_and_another_file_are_refused(shop: str, tmp_path: Path) -> None:
    assert shop
    assert run(tmp_path, tea("a"), shop="none") == 1
    file = tmp_path / "other.csv"
    file.write_bytes(b"a,b\r\n1,2\r\n")
    with pytest.raises(SystemExit, match="1"):
        import_(file, shop=shop)


def test_pictures_come_from_a_folder_by_their_names(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    samples = Path(goods.__file__).parent.parent / "sample" / "pictures"
    (folder / "壶 1.webp").write_bytes((samples / "stoneware-teapot.webp").read_bytes())
    (folder / "2.webp").write_bytes(b"no picture")
    lines = (
        tea("a") + "https://a.example/%E5%A3%B6%201.webp?size=9",
        f"a,,,,,,,,,,,,,2.webp\r\na,,,,,,,,,,,,,http://[{'x' * 300}",
    )
    assert run(tmp_path, *lines, shop=shop, images=folder) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Pictures: 1 uploaded, 2 to upload." in said
    assert "2.webp: picture_unreadable" in said


@pytest.mark.parametrize(
    ("source", "name"),
    [("https://a.example/b/c.jpg?d=/e", "c.jpg"), ("c.jpg", "c.jpg"), ("http://[a/c.jpg", "c.jpg"),
     ("https://a.example/%E8%8C%B6.jpg#d/e", "茶.jpg"), ("/", "")],
)  # fmt: skip
def test_a_picture_s_name_is_the_last_part_of_its_address(source: str, name: str) -> None:
    assert file_name(source) == name
