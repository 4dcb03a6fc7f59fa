"""The eight objections: the sentence, the acts that answer it, its gauge, what is said today.

What is said of them on a day is recorded and stays. To say it takes the extra `gauges`
(`jishi.objections.answering`); to keep and show it does not.
"""

from jishi.objections import rules, views
from jishi.objections.boundary import BOUNDARY
from jishi.objections.conversion import CONVERSION
from jishi.objections.ecology import ECOLOGY
from jishi.objections.give_up_measuring import GiveUpMeasuring, MeasuringGivenUp
from jishi.objections.habit import HABIT
from jishi.objections.media import MEDIA
from jishi.objections.moments import MOMENTS
from jishi.objections.operation import OPERATION
from jishi.objections.record_verdicts import RecordVerdicts, VerdictsRecorded
from jishi.objections.running import runner
from jishi.objections.said import Both, Objection
from jishi.objections.start_measuring import MeasuringStarted, StartMeasuring
from jishi.objections.types import Answer, Arm, Limit, Measure, Plot, Point, Series
from jishi.objections.weight import WEIGHT

__all__ = [
    "OBJECTIONS", "Answer", "Arm", "Both", "GiveUpMeasuring", "Limit", "Measure",
    "MeasuringGivenUp", "MeasuringStarted", "Objection", "Plot", "Point", "RecordVerdicts",
    "Series", "StartMeasuring", "VerdictsRecorded", "rules", "runner", "views",
]  # fmt: skip

OBJECTIONS = {
    each.question: each
    for each in (HABIT, MEDIA, CONVERSION, BOUNDARY, ECOLOGY, MOMENTS, WEIGHT, OPERATION)
}
"""In the order in which the article gives them."""
