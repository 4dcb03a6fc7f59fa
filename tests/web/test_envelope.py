"""What surrounds every answer: guarding headers and a number, also around errors."""

import pytest

from jishi.pages import critical_styles
from jishi.web.squeeze import PAGE_QUALITY, squeeze
from tests.web.reader import Reader, product_path

GUARDS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/orders", 200), ("/healthz", 200), ("/robots.txt", 200),
        ("/favicon.ico", 200), ("/nowhere", 404), ("/shops/x/orders/y", 404), ("/pictures/x", 404),
        ("/static/x.js", 404),
    ],
)  # fmt: skip
def test_every_answer_is_guarded(reader: Reader, path: str, status: int) -> None:
    answer = reader.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in GUARDS} == GUARDS
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert len(answer.headers["x-request-id"]) == 12


def test_a_method_that_is_not_used_is_said_to_be_so(reader: Reader) -> None:
    answer = reader.post("/", {})
    assert answer.status_code == 405
    assert answer.headers["x-frame-options"] == "DENY"
    assert "不能这样用" in answer.text


def test_a_page_is_asked_about_without_its_body(reader: Reader, book: int) -> None:
    answer = reader.client.head(product_path(book))
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 1_000


def test_a_page_is_squeezed_for_whoever_can_read_it(reader: Reader, book: int) -> None:
    plain = reader.get(product_path(book), **{"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    squeezed = reader.get(product_path(book), **{"accept-encoding": "gzip, br"})
    assert squeezed.headers["content-encoding"] == "br"
    assert "accept-encoding" in squeezed.headers["vary"]
    # The client of the tests has unpacked it already.
    assert squeezed.text == plain.text
    assert len(squeeze(plain.content, PAGE_QUALITY)) < 8_192


def test_the_policy_knows_every_inlined_style(reader: Reader, book: int) -> None:
    answer = reader.get(product_path(book))
    assert answer.headers["content-security-policy"].count("sha256-") == len(critical_styles())
    assert " style=" not in answer.text
    assert " on" not in {part[:3] for part in answer.text.split('"')}


def test_what_goes_wrong_inside_stays_inside(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object, **_values: object) -> None:
        raise RuntimeError("the secret of 13900000001")

    market = reader.client.app.state["house"].market
    monkeypatch.setattr(market, "look", broken)
    answer = reader.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "我们这里出错了" in answer.text
    assert "Something went wrong" in reader.get("/", **{"accept-language": "en"}).text


def test_a_database_that_is_away_is_waited_for(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_args: object, **_values: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(reader.client.app.state["house"].market, "look", away)
    answer = reader.get("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
