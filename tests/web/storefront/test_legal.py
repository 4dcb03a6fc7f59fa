"""What the law wants shown: a page each, in both languages, one step from every page's foot."""

import pytest

from jishi.web.words.legal import LEGAL
from tests.web.reader import Reader, product_path, words


@pytest.mark.parametrize("page", ["about", *LEGAL])
def test_every_page_of_the_law_is_there_in_both_languages(reader: Reader, page: str) -> None:
    said = set()
    for reader.language in ("zh-CN", "en"):
        answer = reader.get(f"/legal/{page}")
        assert answer.status_code == 200
        said.add(words(answer.text))
    assert len(said) == 2
    assert reader.get("/legal/nothing").status_code == 404


def test_seller_and_rules_are_one_step_away(reader: Reader, book: int) -> None:
    assert 'href="/legal/about"' in reader.get("/").text
    assert f"/shops/shop-{book}/about" in reader.get(product_path(book, 1)).text
    assert "还没有填写主体信息" in words(reader.get(f"/shops/shop-{book}/about").text)
    assert reader.get("/shops/nobodys/about").status_code == 404
