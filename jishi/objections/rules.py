"""The rules of measuring: how long it may take, what may be recorded of it."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from jishi.objections.types import Answer

MARKET_LAKE, SIMULATED_LAKE = "market", "simulated"
LAKES = (MARKET_LAKE, SIMULATED_LAKE)
QUESTIONS = (
    "habit", "media", "conversion", "boundary", "ecology", "moments", "weight", "operation",
)  # fmt: skip
VERDICTS = ("holds", "refuted", "undecided", "not_measured")
TROUBLES = ("extra_missing", "failed", "too_long")

MEASURING_MINUTES_MAX = 10
"""A measuring that said nothing for so long has ended, whatever became of it."""

ANSWER_BYTES_MAX = 131_072


def is_under_way(asked_at: datetime, now: datetime) -> bool:
    """Tell whether a measuring without an end may still come to one."""
    return asked_at > now - timedelta(minutes=MEASURING_MINUTES_MAX)


def are_answers(answers: Sequence[Answer], lake: str) -> bool:
    """Tell whether these are the eight answers of such a lake, each as it may be kept."""
    is_simulated = lake == SIMULATED_LAKE
    return tuple(each.question for each in answers) == QUESTIONS and all(
        each.is_simulated == is_simulated and is_answer(each) for each in answers
    )


def is_answer(answer: Answer) -> bool:
    """Tell whether an answer can be kept and read again: a day, a verdict, numbers, not too long.

    What JSON cannot say (a number that is none) is found before it is written as nothing.
    """
    try:
        date.fromisoformat(answer.as_of)
    except ValueError:
        return False
    body = written(answer)
    is_finite = all(math.isfinite(each) for each in numbers(msgspec.to_builtins(answer)))
    return answer.verdict in VERDICTS and is_finite and len(body.encode()) <= ANSWER_BYTES_MAX


def numbers(told: object) -> Iterator[float]:
    """Give every number in it, however deep."""
    if isinstance(told, float | int):
        yield told
    elif isinstance(told, dict):
        for each in told.values():
            yield from numbers(each)
    elif isinstance(told, list | tuple):
        for each in told:
            yield from numbers(each)


def written(answer: Answer) -> str:
    """Write an answer as it is kept: JSON, in ASCII, so that no letter of it is unfit for a row."""
    return json.dumps(msgspec.to_builtins(answer), separators=(",", ":"))
