"""Goods as files at the desk: checked, imported whole or not at all, downloaded again."""

import httpx
import pytest

from tests.goods.catalogues import a_list, tea
from tests.web.console.desk import seat
from tests.web.reader import Reader, fields, words


def sent(reader: Reader, data: bytes, do: str) -> httpx.Response:
    """Upload a list as the form does."""
    token = fields(reader.get("/console/goods/files").text)["form"]
    return reader.client.post(
        "/console/goods/files", data={"form": token, "do": do}, files={"file": ("a.csv", data)},
        headers={"accept-language": reader.language},
    )  # fmt: skip


def test_a_list_is_checked_then_imported_then_given_back(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "goods")
    data = a_list(tea("new-tea", title="碧螺春", code="BLC1"))
    assert "读到 1 件商品，0 处有问题" in words(sent(reader, data, "check").text)
    assert "碧螺春" not in reader.get("/console/goods/export.csv").text
    assert "新增 1 件" in words(sent(reader, data, "import").text)
    for name in ("csv", "xlsx"):
        given = reader.get(f"/console/goods/export.{name}")
        assert "attachment" in given.headers["content-disposition"]
        again = words(sent(reader, given.content, "import").text)
        assert "新增 0 件，修改 0 件，不变 4 件" in again


def test_what_is_wrong_is_listed_and_nothing_is_imported(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "goods")
    bad = a_list(tea("good", code="G1"), tea("bad", code="G2", price="dear"))
    answer = sent(reader, bad, "import")
    assert answer.status_code == 422
    assert "价格看不懂" in words(answer.text)
    assert "dear" in words(answer.text)
    assert "good" not in reader.get("/console/goods/export.csv").text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<svg/>", bytes(1000)])
def test_what_is_no_list_is_refused(
    reader: Reader, database_url: str, book: int, data: bytes
) -> None:
    seat(reader, database_url, book, "goods")
    answer = sent(reader, data, "import")
    assert answer.status_code == 422
    assert "这个文件不能用" in words(answer.text)


def test_a_forged_upload_is_refused(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "goods")
    answer = reader.client.post(
        "/console/goods/files", data={"form": "x", "do": "import"},
        files={"file": ("a.csv", a_list(tea()))},
    )  # fmt: skip
    assert answer.status_code == 403


def test_the_template_has_the_columns(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "goods")
    given = reader.get("/console/goods/template.csv")
    assert given.content.startswith(b"\xef\xbb\xbfHandle,Title,")
    assert "没有" not in given.text
