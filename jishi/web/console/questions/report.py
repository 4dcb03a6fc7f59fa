"""The report to print: eight verdicts with numbers, intervals, dates and designs, as a PDF.

Chinese is set in STSong-Light, which every reader of PDFs brings along (ISO 32000-1, 9.7.5.2): no
font of ours is in the file. What is simulated says so across every page.
"""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from jishi.objections import OBJECTIONS, Answer
from jishi.pages.charts.scale import scale
from jishi.pages.words import Words
from jishi.web.console.questions.said import headline_of, number_said, of, spoken

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 50.0, WIDTH - 50.0, HEIGHT - 56.0, 60.0
TONES = {
    "holds": (0.78, 0.16, 0.12), "refuted": (0.02, 0.4, 0.23), "undecided": (0.35, 0.35, 0.35),
    "not_measured": (0.5, 0.5, 0.5),
}  # fmt: skip
PLACE_MIN = 150.0
"""A question begins on a new page where less is left."""


def printed(answers: Sequence[Answer], words: Words) -> bytes:
    """Print the answers."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    paper = Paper(Canvas(file, pagesize=A4), words, is_simulated=answers[0].is_simulated)
    _ = words.say
    paper.canvas.setTitle(_("八问"))
    paper.write(_("八问：批评者说的，数据怎么回答"), 18)
    paper.write(_("截至 {day}", day=answers[0].as_of), 10)
    for number, answer in enumerate(answers, 1):
        paper.question(number, answer)
    paper.end()
    return file.getvalue()


class Paper:
    """A page after the other, from top to bottom."""

    def __init__(self, canvas: Canvas, words: Words, *, is_simulated: bool) -> None:
        self.canvas, self.words, self.is_simulated = canvas, words, is_simulated
        self.number, self.y = 0, 0.0
        self.begin()

    def begin(self) -> None:
        """Begin a page; what is simulated is marked before anything else is written."""
        self.number, self.y = self.number + 1, TOP
        _ = self.words.say
        if self.is_simulated:
            self.canvas.saveState()
            self.canvas.setFillGray(0.86)
            self.canvas.setFont(FONT, 64)
            self.canvas.translate(WIDTH / 2, HEIGHT / 2)
            self.canvas.rotate(45)
            self.canvas.drawCentredString(0, 0, _("模拟数据，不是事实"))
            self.canvas.restoreState()
        self.canvas.setFont(FONT, 9)
        self.canvas.setFillGray(0.35)
        foot = _("集市 · 第 {number} 页", number=self.number)
        self.canvas.drawRightString(RIGHT, BOTTOM - 28, foot)
        self.canvas.setFillGray(0)

    def end(self) -> None:
        """Finish the page and the file."""
        self.canvas.showPage()
        self.canvas.save()

    def write(self, text: str, size: float, colour: tuple[float, float, float] = (0, 0, 0)) -> None:
        """Write a paragraph, on a new page where this one is full."""
        for line in simpleSplit(text, FONT, size, RIGHT - LEFT):
            if self.y < BOTTOM:
                self.canvas.showPage()
                self.begin()
            self.canvas.setFont(FONT, size)
            self.canvas.setFillColorRGB(*colour)
            self.canvas.drawString(LEFT, self.y - size, line)
            self.y -= size * 1.5

    def question(self, number: int, answer: Answer) -> None:
        """Print an answer."""
        _ = self.words.say
        objection, said = OBJECTIONS[answer.question], spoken(answer, self.words)
        if self.y < BOTTOM + PLACE_MIN:
            self.canvas.showPage()
            self.begin()
        self.y -= 12
        self.write(f"{number}. {said.title} · {said.verdict}", 13, TONES[said.tone])
        self.write(of(objection.sentence, self.words), 10)
        for measure in answer.measures:
            each = number_said(measure, objection, self.words)
            self.write(f"{each.name}: {each.value} ({each.interval})", 10)
        self.interval(answer)
        for line in (said.missing, *said.gates, said.price):
            if line:
                self.write(line, 10, TONES["undecided"])
        self.write(said.action, 10)
        counted = _("{units} 个，{days} 天", units=said.units, days=said.days)
        self.write(f"{said.design} · {counted} · {answer.as_of}", 9, TONES["undecided"])

    def interval(self, answer: Answer) -> None:
        """Draw the one number with its interval and its bars."""
        measure = headline_of(answer)
        if measure is None:
            return
        ends = (measure.value, measure.low, measure.high, measure.holds_at, measure.refuted_at)
        across = scale(ends, LEFT, LEFT + 260)
        low = across.start if measure.low is None else across.at(measure.low)
        high = across.end if measure.high is None else across.at(measure.high)
        y = self.y - 12
        self.canvas.setFillColorRGB(0.7, 0.82, 0.77)
        self.canvas.rect(low, y - 3, max(high - low, 1), 6, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0.04, 0.43, 0.31)
        self.canvas.circle(across.at(measure.value), y, 3, stroke=0, fill=1)
        for limit, tone in ((measure.holds_at, "holds"), (measure.refuted_at, "refuted")):
            if limit is not None:
                self.canvas.setStrokeColorRGB(*TONES[tone])
                self.canvas.line(across.at(limit), y - 8, across.at(limit), y + 8)
        self.y -= 26
