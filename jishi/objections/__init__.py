"""The eight objections: the sentence, the acts that answer it, its gauge, what is said today."""

from jishi.objections.boundary import BOUNDARY
from jishi.objections.conversion import CONVERSION
from jishi.objections.ecology import ECOLOGY
from jishi.objections.habit import HABIT
from jishi.objections.media import MEDIA
from jishi.objections.moments import MOMENTS
from jishi.objections.operation import OPERATION
from jishi.objections.said import Both, Objection
from jishi.objections.types import Answer, Arm, Measure, Plot, Point, Series
from jishi.objections.weight import WEIGHT

__all__ = [
    "OBJECTIONS", "Answer", "Arm", "Both", "Measure", "Objection", "Plot", "Point", "Series",
]  # fmt: skip

OBJECTIONS = {
    each.question: each
    for each in (HABIT, MEDIA, CONVERSION, BOUNDARY, ECOLOGY, MOMENTS, WEIGHT, OPERATION)
}
"""In the order in which the article gives them."""
