"""What is drawn of each question: a file each, `plot`, and the marks that all are made of."""

from jishi.objections.drawing import (
    boundary,
    conversion,
    ecology,
    habit,
    media,
    moments,
    operation,
    weight,
)

__all__ = [
    "boundary",
    "conversion",
    "ecology",
    "habit",
    "media",
    "moments",
    "operation",
    "weight",
]
