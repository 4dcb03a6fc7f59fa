"""Rehearsals and simulated lives at the desk: asked, waited for, read, removed."""

import asyncio
import re
import sys
from html import unescape

import pytest

from jishi.kernel import MARKET
from jishi.pages.words import Words
from jishi.town.simulations import Band, Move, runner
from jishi.web.console.questions.fans import move_said, per_cent
from tests.objections.scene import simulated
from tests.town.simulations.scene import ask, end
from tests.web.console.desk import ask_all, seat
from tests.web.reader import Reader, change, count, fields, words

PATH = "/console/questions/rehearsals"
SIMULATED = "/console/questions?of=simulated"
LAST = "select max(simulation_id) from town.simulations where kind = $1"
END = (
    "insert into town.simulation_ends (book, simulation_id, trouble, result, ended_at)"
    " select book, simulation_id, 'failed', '', now() from town.simulations on conflict do nothing"
)


def clear(owner_url: str) -> None:
    """Let no simulation of another test live."""
    asyncio.run(change(owner_url, (END, [])))


def rehearsed(url: str, owner_url: str) -> int:
    """Have a rehearsal told, and give its number."""
    clear(owner_url)
    asyncio.run(ask_all(url, ask()))
    number = asyncio.run(count(owner_url, LAST, "rehearsal"))
    asyncio.run(ask_all(url, end(number)))
    return number


@pytest.fixture
def operator(
    reader: Reader, database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> Reader:
    """A reader who runs the market, for whom no town lives; living takes its time."""
    clear(owner_url)
    slowly = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr(runner, "command", slowly)
    seat(reader, database_url, MARKET)
    return reader


def test_a_policy_is_rehearsed(operator: Reader, owner_url: str) -> None:
    form = {**fields(operator.get(PATH).text), "touches_week": "5", "discount_percent": "20"}
    assert operator.post(PATH, form).headers["location"] == PATH
    waiting = operator.get(PATH)
    assert "正在推演" in waiting.text
    assert waiting.headers["refresh"] == f"4;url={PATH}"
    kept = (
        "select touches_week * 100 + discount_percent from town.simulations"
        " where simulation_id = $1"
    )
    number = asyncio.run(count(owner_url, LAST, "rehearsal"))
    assert asyncio.run(count(owner_url, kept, number)) == 520
    again = operator.post(PATH, form)
    assert again.status_code == 409
    assert "正在模拟" in again.text


@pytest.mark.parametrize("typed", ["15", "-1", "", "x", "9" * 40])
def test_a_dial_turned_too_far_is_refused_kindly(operator: Reader, typed: str) -> None:
    form = {**fields(operator.get(PATH).text), "touches_week": typed}
    answer = operator.post(PATH, form)
    assert answer.status_code == 409
    assert "有一个旋钮转得太远了" in answer.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_was_told_is_shown_as_a_simulation(
    operator: Reader, database_url: str, owner_url: str, language: str
) -> None:
    number = rehearsed(database_url, owner_url)
    operator.language = language
    page = unescape(operator.get(f"{PATH}/{number}").text)
    read = words(page)
    pictures = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    assert len(pictures) == 5
    assert all('class="mark"' in each for each in pictures)
    if language == "en":
        assert not re.search("[\u4e00-\u9fff]", read.replace("简体中文", ""))
        for each in ("Simulated data, no facts", "First 30 days", "Twelve months", "Better",
                     "No dial of these moves it", "8 towns of 4,000 people"):  # fmt: skip
            assert each in read
    assert f'href="{PATH}/{number}"' in unescape(operator.get(PATH).text)


def test_a_rehearsal_is_removed(operator: Reader, database_url: str, owner_url: str) -> None:
    number = rehearsed(database_url, owner_url)
    form = {"form": fields(operator.get(f"{PATH}/{number}").text)["form"]}
    path = f"/console/questions/simulations/{number}/removal"
    assert operator.post(path, form).headers["location"] == SIMULATED
    assert "模拟已删除" in operator.get(SIMULATED).text
    assert operator.get(f"{PATH}/{number}").status_code == 404
    assert operator.post(path, form).status_code == 409


def test_a_life_is_made_waited_for_and_removed(
    operator: Reader, database_url: str, owner_url: str
) -> None:
    form = {"form": fields(operator.get(SIMULATED).text)["form"]}
    assert operator.post("/console/questions/lives", form).headers["location"] == SIMULATED
    waiting = operator.get(SIMULATED)
    assert "小镇正在过一年" in waiting.text
    assert waiting.headers["refresh"] == f"4;url={SIMULATED}"
    number = asyncio.run(count(owner_url, LAST, "life"))
    asyncio.run(ask_all(database_url, simulated(number), end(number, result="")))
    page = operator.get(SIMULATED).text
    assert "删除这次模拟" in page
    operator.post(f"/console/questions/simulations/{number}/removal", form)
    of_it = "select count(*) from objections.answers where simulation_id = $1"
    assert asyncio.run(count(owner_url, of_it, number)) == 0


def test_why_a_life_told_nothing_is_said(
    operator: Reader, database_url: str, owner_url: str
) -> None:
    asyncio.run(ask_all(database_url, ask(kind="life")))
    clear(owner_url)
    page = operator.get(SIMULATED).text
    assert "上次模拟没有结果" in page
    assert "让小镇过一年" in page


def test_a_band_that_holds_nought_says_nothing() -> None:
    def judged(low: float, high: float, better: str) -> str:
        move = Move("ecology", "unfollows", better, Band(low, (low + high) / 2, high))
        return move_said(move, Words("en"))[3]

    assert judged(-0.1, 0.1, "less") == "Cannot be told"
    assert judged(-0.2, -0.1, "less") == judged(0.1, 0.2, "more") == "Better"
    assert judged(0.1, 0.2, "less") == judged(-0.2, -0.1, "more") == "Worse"


@pytest.mark.parametrize(
    ("change", "said"), [(0.123, "+12.3 %"), (-0.05, "−5 %"), (0.0, "0 %"), (-0.00001, "0 %")]
)
def test_a_change_is_said_with_its_sign(change: float, said: str) -> None:
    assert per_cent(change) == said
