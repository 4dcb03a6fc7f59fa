"""Bills as WeChat writes them are read to the fen; whatever does not fit is refused."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import Struct

from jishi.ports.wechat.pay.bill_cells import BadCell, fen
from jishi.ports.wechat.pay.bill_kinds import (
    FUNDS,
    SHARING,
    TRADE,
    FundTotals,
    Layout,
    Totals,
    TradeLine,
    TradeTotals,
)
from jishi.ports.wechat.pay.bill_lines import BillLines, MalformedBill

# The columns and values are those of published samples of real bills.
SAMPLES = Path(__file__).parent / "samples"
TRADE_BILL = (SAMPLES / "trade.csv").read_text("utf-8")
FUND_BILL = (SAMPLES / "fund_flow.csv").read_text("utf-8")
SHARING_BILL = (SAMPLES / "sharing.csv").read_text("utf-8")


L = TypeVar("L", bound=Struct)
T = TypeVar("T", bound=Totals)


def in_pieces(text: str, size: int = 7) -> Iterable[bytes]:
    """Give a bill in small pieces, as it may come."""
    raw = text.encode()
    return (raw[start : start + size] for start in range(0, len(raw), size))


def read(chunks: Iterable[bytes], layout: Layout[L, T]) -> tuple[list[L], T]:
    """Read a bill whole: its lines, its totals."""
    bill = BillLines(chunks, layout)
    return list(bill), bill.totals


def refusal(text: str | bytes, layout: Layout[TradeLine, TradeTotals] = TRADE) -> tuple[int, str]:
    """Say at which line a bill is refused and why."""
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(MalformedBill) as malformed:
        read([raw], layout)
    return malformed.value.line, malformed.value.reason


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_trade_bill_is_read_to_the_fen(mark: str, ending: str) -> None:
    text = mark + TRADE_BILL.replace("\n", ending)
    (payment, refund), totals = read(in_pieces(text), TRADE)
    assert payment.traded_at == datetime(2021, 1, 28, 9, 7, 11, tzinfo=UTC)
    assert payment.transaction_id == "4200000925202101284997714292"
    assert (payment.total_fen, payment.fee_fen, payment.rate) == (1, 0, "1.00%")
    assert (payment.refund_id, payment.out_refund_no, payment.refund_fen) == ("", "", 0)
    assert (payment.goods, payment.attach) == ("for testing, and more", "cipher code")
    assert (refund.refund_id, refund.out_refund_no) == ("50300806962021020105978994968", "R1")
    assert (refund.refund_fen, refund.fee_fen, refund.goods) == (129_950, -1_300, "龙井`新茶")
    assert totals == TradeTotals(
        count=2, settlement_total_fen=1, refund_fen=129_950, coupon_refund_fen=0, fee_fen=-1_300,
        total_fen=1, asked_refund_fen=129_950,
    )  # fmt: skip


def test_a_fund_bill_is_read_to_the_fen() -> None:
    [line], totals = read(in_pieces(FUND_BILL), FUNDS)
    assert (line.direction, line.moved_fen, line.balance_fen) == ("支出", 1, 22)
    assert line.voucher_no == "S20210201135356381941"
    assert totals == FundTotals(count=1, in_count=0, in_fen=0, out_count=1, out_fen=1)
    wide = FUND_BILL.replace("(元)", "（元）")
    assert read(in_pieces(wide), FUNDS) == ([line], totals)


def test_a_sharing_bill_is_read_to_the_fen() -> None:
    [line], totals = read(in_pieces(SHARING_BILL), SHARING)
    assert (line.out_order_no, line.receiver, line.share_fen) == ("F1", "1900000117", 30)
    assert totals == Totals(count=1)


def test_a_bill_of_payments_alone_has_no_columns_of_refunds() -> None:
    [line], totals = read(in_pieces((SAMPLES / "payments.csv").read_text("utf-8")), TRADE)
    assert (line.settlement_total_fen, line.total_fen, line.fee_fen) == (200, 250, 2)
    assert totals.total_fen == 250


def test_what_does_not_fit_is_refused_with_its_line() -> None:
    lines = TRADE_BILL.splitlines(keepends=True)
    heading, payment, refund, total_names, totals = lines
    assert refusal("") == (1, "column_missing")
    assert refusal(heading) == (2, "breaks_off")
    assert refusal(heading + payment) == (3, "breaks_off")
    assert refusal(heading + payment + refund + total_names) == (5, "breaks_off")
    assert refusal(heading + payment + total_names + totals) == (4, "lines_differ")
    assert refusal(TRADE_BILL + "\n\n" + payment) == (8, "goes_on")
    assert refusal(heading + "no back-tick\n") == (2, "not_a_line")
    assert refusal(heading.replace(",商户号", "") + payment) == (1, "column_missing")
    assert refusal(heading.replace("特约商户号", "商户号")) == (1, "column_repeated")
    assert refusal(heading + payment.replace(",`CNY", "")) == (2, "cells_differ")
    assert refusal(heading + payment.replace("and more", "`,`")) == (2, "cells_differ")
    assert refusal(heading + payment.replace("`0.01", "`1e3")) == (2, "not_an_amount")
    assert refusal(heading + payment.replace("`0.00000", "`0.00300")) == (2, "not_whole_fen")
    assert refusal(heading + payment.replace("2021-01-28", "2021-02-30")) == (2, "not_a_time")
    assert refusal(heading + payment.replace("2021-01-28 17:07:11", "")) == (2, "not_a_time")
    assert refusal(TRADE_BILL.replace("`2,`0.01", "`two,`0.01")) == (5, "not_a_count")
    assert refusal(heading.encode() + b"`\xff\n") == (2, "not_utf8")
    assert refusal("x" * 70_000) == (1, "line_too_long")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.01", 1), ("-0.01", -1), ("3", 300), ("1.5", 150), ("0.00000", 0), (" 7.10 ", 710),
        ("999999999999.99", 99_999_999_999_999),
    ],
)  # fmt: skip
def test_yuan_are_read_exactly(text: str, value: int) -> None:
    assert fen(text) == value


@pytest.mark.parametrize(
    "text", ["", "1,000.00", "1e2", "0.001", ".5", "5.", "+1", "--1", "１", "nan", "1" * 13, "1_0"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        fen(text)


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_every_amount_comes_back_as_it_was_written(amount: int) -> None:
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    assert fen(f"{sign}{whole // 100}.{whole % 100:02}") == amount


ALPHABET = st.sampled_from([*"`,.-0123456789\n\r 元():年总交易单数商户号\ufeff"])


@given(st.binary(max_size=400) | st.text(ALPHABET, max_size=200).map(str.encode))
@example(TRADE_BILL.encode()[:-30])
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    for layout in (TRADE, FUNDS, SHARING):
        with suppress(MalformedBill):
            read([raw], Layout(*layout))


@given(st.data())
def test_a_bill_changed_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(TRADE_BILL.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        lines, totals = read([bytes(raw)], TRADE)
    except MalformedBill:
        return
    assert totals.count == len(lines)
