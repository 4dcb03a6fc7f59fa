"""Goods out and in again are the same; what a spreadsheet would compute stays text."""

import asyncio
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from jishi import goods
from jishi.cli.export_catalogue import export
from jishi.goods.cells import quoted, unquoted
from jishi.goods.xlsx_rows import sheet_rows
from jishi.kernel import Market
from tests.goods.catalogues import a_shop, import_list
from tests.goods.saving import TEA, save
from tests.goods.test_upload_picture import upload, webp
from tests.goods.test_views import address

TERMS = goods.Terms(
    datetime(2026, 11, 22, 2, 5, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC),
    "confirmed_exception", "unsealed_risk", 3,
)  # fmt: skip
words = st.sampled_from(
    ["", "茶", "=1+1", "'=1", "''-x", "+86", "@a", "a,b", 'say "hi"', "a\nb", "-"]
)
word = words.filter(bool)


async def out(market: Market, book: int) -> list[goods.ExportedProduct]:
    """Read what a shop sells."""
    return [product async for product in goods.exported(market, book)]


def again(url: str, products: list[goods.ListedProduct]) -> tuple[bytes, bytes, bytes]:
    """Save in one shop, export, import into two empty ones; give what each exports."""

    async def scene() -> tuple[bytes, bytes, bytes]:
        async with a_shop(url) as (market, one), a_shop(url) as (_, two), a_shop(url) as (_, three):
            for product in products:
                answer = await market.ask(save(one, product))
                assert isinstance(answer, goods.ProductSaved), answer
            found = await out(market, one)
            for book, file in ((two, goods.as_csv(found)), (three, goods.as_xlsx(found))):
                answer = await import_list(market, book, file)
                assert isinstance(answer, goods.CatalogueImported), answer
            return (
                goods.as_csv(found),
                goods.as_csv(await out(market, two)),
                goods.as_csv(await out(market, three)),
            )

    return asyncio.run(scene())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=word, title_en=words, body=words, vendor=words, category=words, code=words,
    tags=st.lists(word.filter(lambda tag: "," not in tag), max_size=2),
    state=st.sampled_from(["draft", "archived"]), terms=st.sampled_from([goods.ALWAYS, TERMS]),
    options=st.lists(word, min_size=2, max_size=2, unique=True), alt=words,
)  # fmt: skip
def test_out_and_in_again_is_the_same(
    database_url: str, title: str, title_en: str, body: str, vendor: str, category: str, code: str,
    tags: list[str], state: str, terms: goods.Terms, options: list[str], alt: str,
) -> None:  # fmt: skip
    first, second = TEA.skus
    product = msgspec.structs.replace(
        TEA, title=title, title_en=title_en, body_html=body, vendor=vendor, category=category,
        tags=tuple(tags), state=state, terms=terms, category_en="",
        skus=(
            msgspec.structs.replace(first, code=code, options=(options[0],)),
            msgspec.structs.replace(second, options=(options[1],), code=""),
        ),
        images=(goods.ListedImage("a.webp", alt, ""), goods.ListedImage("b.webp", "", "Tea")),
    )  # fmt: skip
    plain = msgspec.structs.replace(
        TEA, handle="plain", option_names=(), images=(),
        skus=(msgspec.structs.replace(first, code="", options=()),),
    )  # fmt: skip
    before, csv_after, xlsx_after = again(database_url, [product, plain])
    assert csv_after == before
    assert xlsx_after == before


@given(text=st.text(max_size=20))
def test_what_is_quoted_is_read_as_it_was(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert not quoted(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_file_opens_in_a_spreadsheet_as_text(database_url: str) -> None:
    before, *_ = again(database_url, [msgspec.structs.replace(TEA, title="=cmd|' /C calc'!A0")])
    assert before.startswith(b"\xef\xbb\xbfHandle,Title,")
    assert before.count(b"\r\n") == 3
    assert b",'=cmd|" in before


def test_a_picture_that_is_uploaded_is_found_again(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, one), a_shop(database_url) as (_, two):
            answer = await market.ask(upload(one, webp(9, 5), ""))
            assert isinstance(answer, goods.PictureUploaded)
            shown = goods.ListedImage(f"{answer.digest}.webp", "", "")
            live = msgspec.structs.replace(TEA, state="live", images=(shown,))
            assert isinstance(await market.ask(save(one, live)), goods.ProductSaved)
            found = await out(market, one)
            assert found[0].images[0].digest == answer.digest
            imported = await import_list(market, two, goods.as_csv(found))
            assert isinstance(imported, goods.CatalogueImported)
            assert imported.images_to_upload == 0
            assert goods.as_csv(await out(market, two)) == goods.as_csv(found)

    asyncio.run(scene())


@pytest.mark.parametrize("name", ["goods.csv", "goods.xlsx"])
def test_the_command_writes_what_import_reads(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("JISHI_DATABASE_URL", database_url)

    async def scene() -> str:
        async with a_shop(database_url) as (market, book):
            await market.ask(save(book))
            return await address(market, book)

    shop = asyncio.run(scene())
    export(tmp_path / name, shop=shop)
    listed = goods.read_catalogue((tmp_path / name).read_bytes())
    assert [(each.title, len(each.skus)) for each in listed.products] == [("龙井", 2)]
    assert listed.encoding == ("xlsx" if name.endswith("xlsx") else "utf-8")


def workbook(*rows: list[object]) -> bytes:
    """Write a workbook as a merchant does: numbers are numbers."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_numbers_of_a_sheet_are_read_without_their_binary_noise() -> None:
    file = workbook(
        ["Handle", "标题", "售价", "库存", "货号"], ["tea", "龙井", 12.8, 5, 6901234567892],
        ["tea2", "毛峰", 1299, 3.0, "007"],
    )  # fmt: skip
    found = goods.read_catalogue(file)
    assert found.rejections == ()
    skus = [(sku.price_fen, sku.on_hand, sku.code) for each in found.products for sku in each.skus]
    assert skus == [(1_280, 5, "6901234567892"), (129_900, 3, "007")]


def bomb() -> bytes:
    """Zip a sheet that unpacks to far more than it is."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        for number in range(5):
            parts.writestr(f"xl/worksheets/sheet{number}.xml", bytes(50 * 1024 * 1024))
    return out.getvalue()


def entities() -> bytes:
    """Make a workbook whose sheet multiplies entities."""
    out = BytesIO()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    sheet = f"<?xml version='1.0'?><!DOCTYPE x [{laughs}]><worksheet>&l8;</worksheet>"
    with ZipFile(BytesIO(workbook(["a"]))) as whole, ZipFile(out, "w") as parts:
        for name in whole.namelist():
            is_sheet = "sheet1" in name
            parts.writestr(name, sheet if is_sheet else whole.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x03\x04" + bytes(100), workbook(["a"])[:-30], bomb(), entities(),
     b"PK\x03\x04" + bytes(20 * 1024 * 1024)],
    ids=["head", "nothing", "cut", "bomb", "entities", "large"],
)  # fmt: skip
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(goods.BadFile):
        goods.read_catalogue(data)


def test_progress_is_told() -> None:
    told: list[int] = []
    assert len(list(sheet_rows(workbook(["a"], [None], ["b"]), told.append))) == 2
    assert told == [1, 2, 3]
