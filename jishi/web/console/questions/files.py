"""The answers as open data, and as a report to print."""

import asyncio
import csv
import io
from collections.abc import Sequence
from importlib.util import find_spec

import msgspec
from litestar import Response, get

from jishi.objections import Answer
from jishi.objections.views import Said
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.frame import done
from jishi.web.console.goods.files import download
from jishi.web.console.questions.tiles import PATH, lake_of, latest
from jishi.web.policy import staff

VERSION = 1
PRINTING = asyncio.Semaphore(1)
COLUMNS = (
    "question", "verdict", "as_of", "is_simulated", "design", "units", "days", "measure", "value",
    "low", "high", "unit", "holds_at", "refuted_at",
)  # fmt: skip


class OpenData(msgspec.Struct, frozen=True):
    """The answers as others read them; times are UTC."""

    version: int
    lake: str
    is_simulated: bool
    recorded_at: str
    answers: tuple[Answer, ...]


@get(f"{PATH}/answers.json", opt=staff("questions"))
async def answers_json(request: Asked) -> Response[bytes]:
    """Give the answers as JSON, with arms, plots and SQL."""
    lake, said = lake_of(request), await latest(request, lake_of(request))
    told = OpenData(
        version=VERSION, lake=lake, is_simulated=lake == "simulated",
        recorded_at=said[0].recorded_at.isoformat() if said else "",
        answers=tuple(each.answer for each in said),
    )  # fmt: skip
    body = msgspec.json.format(msgspec.json.encode(told), indent=1)
    return download(body, f"eight-questions-{lake}.json", "application/json")


@get(f"{PATH}/answers.csv", opt=staff("questions"))
async def answers_csv(request: Asked) -> Response[bytes]:
    """Give the numbers as CSV, a measure a line, as spreadsheets open it."""
    lake = lake_of(request)
    body = written([each.answer for each in await latest(request, lake)])
    return download(body, f"eight-questions-{lake}.csv", "text/csv")


def written(answers: Sequence[Answer]) -> bytes:
    """Write the numbers; a question without any has a line of its own."""
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(COLUMNS)
    for each in answers:
        whole = (
            each.question, each.verdict, each.as_of, str(each.is_simulated).lower(), each.design,
            each.units, each.days,
        )  # fmt: skip
        for measure in each.measures:
            lines.writerow((*whole, *msgspec.structs.astuple(measure)))
        if not each.measures:
            lines.writerow((*whole, *[""] * (len(COLUMNS) - len(whole))))
    # With its mark, so that spreadsheets know that it is UTF-8.
    return file.getvalue().encode("utf-8-sig")


@get(f"{PATH}/report.pdf", opt=staff("questions"))
async def report_pdf(request: Asked) -> Response[bytes]:
    """Give the report to print, where the extra that makes it is installed."""
    lake, words = lake_of(request), house(request).engine.words[language_of(request)]
    said: list[Said] = await latest(request, lake)
    if find_spec("reportlab") is None or not said:
        _ = words.say
        told = (
            _("还没有可以打印的回答。")
            if not said
            else _("打印报告要先运行 pip install 'jishi[gauges]'。")
        )
        return done(request, PATH, told)
    from jishi.web.console.questions.report import printed  # noqa: PLC0415 - the extra

    async with PRINTING:
        body = await asyncio.to_thread(printed, [each.answer for each in said], words)
    return download(body, f"eight-questions-{lake}-{said[0].answer.as_of}.pdf", "application/pdf")
