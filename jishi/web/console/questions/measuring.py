"""Measuring again: asked for here, done by a program of its own."""

from uuid import uuid4

from litestar import Response, post

from jishi import objections
from jishi.kernel import MARKET, Refused
from jishi.web.answer import go_to
from jishi.web.asked import Asked, house
from jishi.web.console.questions.tiles import PATH, show_questions
from jishi.web.member import staff_of
from jishi.web.policy import staff


@post(f"{PATH}/measurement", opt=staff("measure"), status_code=303)
async def measure(request: Asked) -> Response[bytes]:
    """Have the market measured; the page it leads to says since when, and renews itself."""
    answer = await house(request).market.ask(
        objections.StartMeasuring(key=uuid4(), book=MARKET, actor_id=staff_of(request).staff_id)
    )
    if isinstance(answer, Refused):
        return await show_questions(request, answer)
    return go_to(PATH)
