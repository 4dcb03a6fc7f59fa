"""The eight questions at the desk: what the critic says, and what the data say to it, dated."""

from jishi.web.console.questions.drawer import question
from jishi.web.console.questions.files import answers_csv, answers_json, report_pdf
from jishi.web.console.questions.measuring import measure
from jishi.web.console.questions.rehearsals import rehearsal, rehearsals, rehearse
from jishi.web.console.questions.simulating import live, remove
from jishi.web.console.questions.tiles import questions

QUESTIONS = (
    questions,
    question,
    measure,
    answers_json,
    answers_csv,
    report_pdf,
    rehearsals,
    rehearse,
    rehearsal,
    live,
    remove,
)

__all__ = ["QUESTIONS"]
