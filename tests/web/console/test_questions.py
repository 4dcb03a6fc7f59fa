"""The eight questions at the desk: each verdict in words, dated; what is unsound stays grey."""

import asyncio
import csv
import io
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from jishi import objections
from jishi.kernel import MARKET
from jishi.objections import OBJECTIONS
from jishi.objections.rules import QUESTIONS
from jishi.objections.views import Measuring
from jishi.pages.words import Words
from jishi.web.console.questions import words as lists
from jishi.web.console.questions.tiles import measuring_page
from tests.objections.scene import eight, give_up, simulated, start, verdicts
from tests.objections.test_record_verdicts import clear
from tests.web.console.desk import ask_all, seat
from tests.web.reader import Reader, count, fields, words

PATH = "/console/questions"
CHINESE, ENGLISH = Words("zh-CN"), Words("en")


@pytest.fixture
def operator(
    reader: Reader, database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> Reader:
    """A reader who runs the market, in which nobody measures; measuring takes its time."""
    clear(owner_url)
    slowly = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr(objections.runner, "command", slowly)
    seat(reader, database_url, MARKET)
    return reader


def tell(url: str, *asked: Any) -> None:
    """Record verdicts."""
    asyncio.run(ask_all(url, *asked))


def test_the_eight_tiles_say_what_is_known(operator: Reader, database_url: str) -> None:
    tell(database_url, verdicts())
    page = operator.get(PATH)
    assert page.status_code == 200
    assert page.text.count('class="sheet tile ') == 8
    assert re.findall(r'class="sheet tile (\w+)"', page.text) == [each.verdict for each in eight()]
    read = words(page.text)
    for each in ("0.43", "0.31 … 0.55", "还不能定", "批评成立", "批评被推翻", "没有测量"):
        assert each in read
    assert "还要 900 个，按现在的速度约 45 天" in read
    assert "2026-11-20" in read
    assert "2,398 个，120 天" in read
    assert OBJECTIONS["media"].instrument.zh in read
    assert "模拟数据" not in page.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_drawer_says_how_one_knows(
    operator: Reader, database_url: str, name: str, language: str
) -> None:
    tell(database_url, verdicts())
    operator.language = language
    read = words(operator.get(f"{PATH}/{name}").text)
    objection = OBJECTIONS[name]
    for both in (objection.title, objection.sentence, objection.how, objection.formula):
        assert (both.en if language == "en" else both.zh) in read
    for each in objection.acts:
        assert each.__name__ in read
    if language == "en":
        assert not re.search(
            "[\u4e00-\u9fff]", read.replace("集市小铺", "").replace("简体中文", "")
        )


def test_the_drawer_shows_arms_bars_and_the_sql(operator: Reader, database_url: str) -> None:
    tell(database_url, verdicts())
    page = operator.get(f"{PATH}/habit").text
    read = words(page)
    for each in ("2,412", "2,398", "0.84", "SELECT person_id FROM events", "提醒期间", "0.35"):
        assert each in read
    assert page.count('<svg class="chart"') == 2
    assert "0.43，区间 0.31 … 0.55" in page


def test_a_question_that_nobody_asks_is_not_there(operator: Reader) -> None:
    assert operator.get(f"{PATH}/taste").status_code == 404


def test_earlier_verdicts_are_kept_and_paged(operator: Reader, database_url: str) -> None:
    days = [f"2025-01-{day:02}" for day in range(1, 24)]
    tell(database_url, *(verdicts(answers=eight(as_of=day)) for day in days))
    first = unescape(operator.get(f"{PATH}/habit").text)
    shown = re.findall(r"<td>(2025-01-\d\d)</td>", first)
    assert shown == days[:2:-1]
    after = re.search(rf'href="({PATH}/habit\?past=\d+)"', first)
    assert after
    second = operator.get(after[1]).text
    assert re.findall(r"<td>(2025-01-\d\d)</td>", second)[:3] == days[2::-1]


def test_what_is_simulated_says_so_everywhere(operator: Reader, database_url: str) -> None:
    tell(database_url, simulated())
    for path in (f"{PATH}?of=simulated", f"{PATH}/habit?of=simulated"):
        page = operator.get(path).text
        assert "模拟数据，不是事实" in words(page)
        pictures = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)
        assert pictures
        assert all('class="mark">模拟<' in each for each in pictures)
        assert "/console/questions/measurement" not in page
    told = json.loads(operator.get(f"{PATH}/answers.json?of=simulated").content)
    assert told["is_simulated"] is True
    assert all(each["is_simulated"] for each in told["answers"])
    assert "true" in operator.get(f"{PATH}/answers.csv?of=simulated").text


def test_a_simulation_does_not_stand_for_the_market(operator: Reader, database_url: str) -> None:
    tell(database_url, verdicts(), simulated())
    assert "模拟数据，不是事实" not in operator.get(PATH).text
    assert json.loads(operator.get(f"{PATH}/answers.json").content)["is_simulated"] is False


def test_the_numbers_go_out_as_open_data(operator: Reader, database_url: str) -> None:
    tell(database_url, verdicts())
    told = json.loads(operator.get(f"{PATH}/answers.json").content)
    assert [each["question"] for each in told["answers"]] == list(QUESTIONS)
    assert told["answers"][0]["measures"][0]["low"] == 0.31
    answer = operator.get(f"{PATH}/answers.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    body = answer.content
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert [each["question"] for each in rows] == list(QUESTIONS)
    assert rows[0]["value"] == "0.43"
    assert rows[1]["verdict"] == "not_measured"
    assert rows[1]["measure"] == ""


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("lake", ["market", "simulated"])
def test_the_report_is_printed(
    operator: Reader, database_url: str, language: str, lake: str
) -> None:
    tell(database_url, verdicts(), simulated())
    operator.language = language
    answer = operator.get(f"{PATH}/report.pdf?of={lake}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") >= 2
    assert b"STSong-Light" in answer.content


def test_an_operator_has_the_market_measured(operator: Reader, database_url: str) -> None:
    tell(database_url, verdicts())
    page = operator.get(PATH).text
    assert "重新测量" in page
    answer = operator.post(f"{PATH}/measurement", {"form": fields(page)["form"]})
    assert answer.headers["location"] == PATH
    waiting = operator.get(PATH)
    assert "正在测量" in waiting.text
    assert waiting.headers["refresh"] == f"4;url={PATH}"
    assert "重新测量" not in waiting.text
    assert "refresh" in operator.get(f"{PATH}/habit").headers
    # What is simulated, or was said before, does not change while the market is measured.
    assert "refresh" not in operator.get(f"{PATH}/habit?of=simulated").headers
    assert "refresh" not in operator.get(f"{PATH}/habit?past=1").headers
    again = operator.post(f"{PATH}/measurement", {"form": fields(page)["form"]})
    assert again.status_code == 409
    assert "请等这一次结束" in again.text


@pytest.mark.parametrize("trouble", objections.rules.TROUBLES)
def test_why_nothing_was_measured_is_said(
    operator: Reader, database_url: str, owner_url: str, trouble: str
) -> None:
    tell(database_url, start())
    last = asyncio.run(count(owner_url, "select max(measuring) from objections.measurings"))
    tell(database_url, give_up(last, trouble=trouble))
    page = operator.get(PATH).text
    assert "上次测量没有结果" in page
    said = lists.troubles_said(CHINESE)[trouble].format(minutes=10)
    assert said in words(page)


def test_a_measuring_that_was_cut_off_is_said_to_have_failed() -> None:
    def page(minutes: int) -> dict[str, object]:
        asked_at = datetime.now(UTC) - timedelta(minutes=minutes)
        return measuring_page(Measuring(1, asked_at, None, ""), CHINESE)

    assert (page(1)["is_measuring"], page(1)["trouble"]) == (True, "")
    assert not page(11)["is_measuring"]
    assert "再试一次" in str(page(11)["trouble"])


def test_an_owner_reads_and_does_not_measure(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    clear(owner_url)
    tell(database_url, verdicts())
    seat(reader, database_url, book, "owner")
    page = reader.get(PATH)
    assert page.status_code == 200
    assert f"{PATH}/measurement" not in page.text
    form = {"form": fields(reader.get("/console").text)["form"]}
    assert reader.post(f"{PATH}/measurement", form).status_code == 403


def test_before_anything_was_measured_the_page_offers_it(operator: Reader) -> None:
    page = operator.get(f"{PATH}?of=market&before=1").text
    assert "还没有测量过" in page
    assert "现在测量" in page
