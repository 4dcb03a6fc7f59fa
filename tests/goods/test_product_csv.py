"""Reading a product list: real files whole, broken lines each reported."""

import pytest

from jishi.goods import BadFile, Rejection, read_catalogue
from tests.goods.catalogues import REAL, a_list, real, tea


@pytest.mark.parametrize("name", REAL)
def test_a_real_list_is_read_whole(name: str) -> None:
    listed = read_catalogue(real(name))
    skus = sum(len(product.skus) for product in listed.products)
    assert (len(listed.products), skus, listed.rejections) == (*REAL[name], ())


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_says_the_same(name: str, encoding: str) -> None:
    data = real(name)
    assert read_catalogue(data.decode().encode(encoding)).products == read_catalogue(data).products


def test_chinese_comes_through_intact() -> None:
    first = read_catalogue(real("yanxuan-catalogue")).products[0]
    assert (first.title, first.category) == ("轻奢纯棉刺绣水洗四件套", "床品件套")
    assert "设计师原款，精致绣花" in first.body_html
    assert (first.skus[0].price_fen, first.skus[0].compare_fen) == (89_900, 91_900)


def test_pictures_are_listed_for_upload_and_never_left_in_the_text() -> None:
    for product in read_catalogue(real("yanxuan-catalogue")).products:
        assert "<img" not in product.body_html
        assert "http://" not in product.body_html
    sources = [image.source for image in read_catalogue(real("apparel")).products[0].images]
    assert sources == ["https://burst.shopifycdn.com/photos/young-man-in-bright-fashion_925x.jpg"]


@pytest.mark.parametrize(
    ("said", "fen"),
    [("50", 5_000), ("9.99", 999), ("9.9", 990), ('"1,299.00"', 129_900), ("¥12", 1_200),
     ("１２．５", 1_250), ("0", 0), (" 7.00 元", 700)],
)  # fmt: skip
def test_prices_are_read_as_people_write_them(said: str, fen: int) -> None:
    [product] = read_catalogue(a_list(tea(price=said))).products
    assert product.skus[0].price_fen == fen


@pytest.mark.parametrize(
    ("said", "reason"),
    [("-1", "price_unreadable"), ("1.234", "price_unreadable"), ("abc", "price_unreadable"),
     ("", "price_missing"), ("1e3", "price_unreadable"), ("99999999", "price_too_high"),
     ('"12,34"', "price_unreadable")],
)  # fmt: skip
def test_a_bad_price_is_rejected_with_its_line(said: str, reason: str) -> None:
    listed = read_catalogue(a_list(tea("a"), tea("b", code="T2", price=said), tea("c", code="T3")))
    [bad] = listed.rejections
    assert (bad.line, bad.handle, bad.column, bad.reason) == (3, "b", "variant price", reason)
    assert [product.handle for product in listed.products] == ["a", "c"]


def test_a_product_with_one_bad_line_is_rejected_whole() -> None:
    listed = read_catalogue(a_list(
        tea("a", option="50克"), "a,,,,,,,,100克,T2,abc,,1,", tea("b", code="T3"),
    ))  # fmt: skip
    assert [(bad.line, bad.reason) for bad in listed.rejections] == [(3, "price_unreadable")]
    assert [product.handle for product in listed.products] == ["b"]


def test_the_usual_mistakes_are_each_reported() -> None:
    listed = read_catalogue(a_list(
        tea("no-title", title=""),
        tea("twice", code="T1"),
        tea("twice-again", code="T1"),
        tea("", code="T4"),
        tea("below", code="T5", quantity="-3"),
        tea("wordy", code="T6", quantity="many"),
        tea("same", code="T7", option="50克"),
        "same,,,,,,,,50克,T8,9,,1,",
        "same,,,,,,,,,,,,,",
    ))  # fmt: skip
    assert [(bad.line, bad.reason) for bad in listed.rejections] == [
        (2, "title_missing"),
        (4, "sku_repeated"),
        (5, "handle_missing"),
        (6, "quantity_negative"),
        (7, "quantity_unreadable"),
        (9, "options_repeated"),
        (10, "line_says_nothing"),
    ]


def test_a_ten_megabyte_cell_is_reported_by_its_line_and_the_rest_is_read() -> None:
    huge = tea("huge", code="T2", body="茶" * 10_000_000)
    listed = read_catalogue(a_list(tea("a"), huge, tea("c", code="T3")))
    [bad] = listed.rejections
    assert (bad.line, bad.reason) == (3, "cell_too_large")
    assert [product.handle for product in listed.products] == ["a", "c"]


@pytest.mark.parametrize(("most", "one"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
@pytest.mark.parametrize("title", ["龙井", "龙井茶"])
def test_mixed_encodings_are_reported_by_their_lines(most: str, one: str, title: str) -> None:
    """Two or four letters of UTF-8 are also letters of GB18030, only other ones."""
    lines = [f"{handle},{title},1" for handle in ("a", "b", "c")]
    data = [line.encode(one if number == 1 else most) for number, line in enumerate(lines)]
    listed = read_catalogue(b"\r\n".join((b"Handle,Title,Variant Price", *data)))
    assert [(bad.line, bad.handle, bad.reason) for bad in listed.rejections] == [
        (3, "b", "encoding_mixed")
    ]
    assert [(each.handle, each.title) for each in listed.products] == [("a", title), ("c", title)]
    assert listed.encoding == most


def test_a_line_is_counted_where_its_record_begins() -> None:
    listed = read_catalogue(
        a_list(tea("a", body="<p>一\n二\n三</p>"), tea("b", code="T2", price="x"))
    )
    assert [(bad.line, bad.handle) for bad in listed.rejections] == [(5, "b")]


def test_a_misplaced_quote_does_not_swallow_the_file() -> None:
    listed = read_catalogue(
        a_list(
            'open,"茶,,,,,,,,T9,1,,1,', tea("b", code="T2"), 'open-at-the-end,"茶,,,,,,,,T8,1,,1,'
        )
    )
    assert [(bad.line, bad.handle, bad.reason) for bad in listed.rejections] == [
        (2, "open", "quotes_misplaced"),
        (4, "open-at-the-end", "quote_never_closed"),
    ]
    assert [product.handle for product in listed.products] == ["b"]


def test_an_inch_mark_is_no_quote() -> None:
    listed = read_catalogue(a_list(tea("a", title='5" 壶'), tea("b", title='7" 壶', code="T2")))
    assert [product.title for product in listed.products] == ['5" 壶', '7" 壶']


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a,,,,,,,,100克,T2,20,,7,,more", "too_many_cells"),
        (f'a,,"{"茶" * 1_000_001}",,,,,,100克,T2,20,,7,', "cell_too_large"),
        ('a,,"茶"叶,,,,,,100克,T2,20,,7,', "quotes_misplaced"),
        ("a,毛峰,,,,,,,100克,T2,20,,7,", "handle_repeated"),
        ("a,,,,,,,,50克,T2,20,,7,", "options_repeated"),
        (f"a,,,,,,,,100克,{'T' * 101},20,,7,", "text_too_long"),
        ("a,,,,,,,,100克,T1,20,,7,", "sku_repeated"),
    ],
)
def test_a_product_loses_no_sku_to_a_bad_line(line: str, reason: str) -> None:
    """Were the rest of it taken, its next import would take the SKU off the shelf."""
    listed = read_catalogue(a_list(tea("a", option="50克"), line, tea("b", code="T3")))
    assert [(bad.line, bad.handle, bad.reason) for bad in listed.rejections] == [(3, "a", reason)]
    assert [product.handle for product in listed.products] == ["b"]


def test_a_title_stays_as_it_was_written() -> None:
    title = "龙井（明前）：特级，２５０ｇ™"
    assert read_catalogue(a_list(tea(title=title))).products[0].title == title


def test_a_fourth_option_is_rejected() -> None:
    data = b"Handle,Title,Variant Price,Option4 Name,Option4 Value\r\na,tea,1,Size,Large\r\n"
    assert {bad.reason for bad in read_catalogue(data).rejections} == {"too_many_options"}


def test_two_columns_for_one_thing_are_refused() -> None:
    with pytest.raises(BadFile, match="there twice: variant price"):
        read_catalogue("Handle,Title,售价,价格\r\na,茶,1,99\r\n".encode())
    both = read_catalogue("Handle,Title,Variant Price,价格\r\na,茶,1,99\r\n".encode())
    assert both.products[0].skus[0].price_fen == 100


@pytest.mark.parametrize(
    ("status", "state"),
    [("", "live"), ("active", "live"), ("上架", "live"), ("draft", "draft"), ("归档", "archived")],
)
def test_a_product_is_live_unless_its_status_says_no(status: str, state: str) -> None:
    data = f"Handle,Title,价格,状态\r\na,茶,1,{status}\r\n".encode()
    assert read_catalogue(data).products[0].state == state


def test_a_price_of_five_thousand_digits_is_a_bad_line() -> None:
    [bad] = read_catalogue(a_list(tea(price="9" * 5_000))).rejections
    assert (bad.reason, len(bad.said)) == ("price_unreadable", 40)


def test_a_struck_price_that_is_not_higher_is_left_out_with_a_note() -> None:
    listed = read_catalogue(a_list("a,茶,,,,,true,,,T1,10,10,1,"))
    assert listed.products[0].skus[0].compare_fen is None
    assert listed.notes == ("line 2: the struck price is not higher than the price; left out",)


def test_a_file_without_the_columns_is_refused() -> None:
    with pytest.raises(BadFile, match="missing columns: handle, title, variant price"):
        read_catalogue(b"a,b\r\n1,2\r\n")
    with pytest.raises(BadFile):
        read_catalogue(b"")


def test_chinese_headers_are_understood() -> None:
    [product] = read_catalogue("Handle,标题,价格,库存,图片\na,茶,3.5,7,a.webp\n".encode()).products
    assert (product.title, product.skus[0].price_fen, product.skus[0].on_hand) == ("茶", 350, 7)
    assert product.images[0].source == "a.webp"


def test_progress_is_told_to_the_end() -> None:
    told: list[int] = []
    data = a_list(tea("a"), tea("b", code="T2"))
    read_catalogue(data, told.append)
    assert told == sorted(told)
    assert told[-1] >= data.count(b"\n")


def test_a_rejection_is_short_enough_to_print() -> None:
    bad = read_catalogue(a_list(tea(price="x" * 500))).rejections[0]
    assert isinstance(bad, Rejection)
    assert len(bad.said) == 40
