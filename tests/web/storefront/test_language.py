"""The language: chosen by the browser or the reader; the way back leads to us alone."""

import pytest

from jishi.web.storefront.language import own_path
from tests.web.reader import Reader, fields, words


def choose(reader: Reader, language: str, back: str) -> str:
    """Choose a language, and give where that leads."""
    form = fields(reader.get(f"/language?back={back}").text)
    answer = reader.post("/language", {**form, "back": back, "language": language})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_the_readers_choice_outlasts_the_browsers(reader: Reader) -> None:
    assert "我的订单" in words(reader.get("/orders").text)
    assert choose(reader, "en", "/orders") == "/orders"
    assert "No orders yet" in words(reader.get("/orders").text)
    choose(reader, "zh-CN", "/")
    assert "还没有订单" in words(reader.get("/orders").text)


def test_a_language_we_do_not_speak_changes_nothing(reader: Reader) -> None:
    choose(reader, "tlh", "/")
    assert "lang" not in reader.client.cookies


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/\n/evil", "/" * 999,
     "javascript:alert(1)", "/\tx", "/\u4e2d"],
)  # fmt: skip
def test_the_way_back_never_leads_elsewhere(back: str) -> None:
    assert own_path(back) == "/"


def test_the_way_back_keeps_our_own_paths() -> None:
    assert own_path("/shops/a/products/b?x=1") == "/shops/a/products/b?x=1"
