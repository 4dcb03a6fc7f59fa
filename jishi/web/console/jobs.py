"""Jobs: what was given up after many tries, and scheduled work that stopped itself."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.kernel import MARKET
from jishi.kernel.dead import dead
from jishi.kernel.schedule import Schedule, braked
from jishi.staff import BrakeReleased, ReleaseBrake, ReviveTodos, TodosRevived
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.frame import done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff

TODOS_MAX = 100


@get("/console/jobs", opt=staff("jobs"))
async def jobs(request: Asked) -> Response[bytes]:
    """Show what got stuck, the latest first, and what stopped itself."""
    market = house(request).market
    page = {
        "todos": await market.look(dead, todos_max=TODOS_MAX),
        "todos_max": TODOS_MAX,
        "braked": await market.look(braked),
    }
    return show_console(request, "console/jobs.html", page)


@post("/console/jobs/revival", opt=staff("jobs"), status_code=303)
async def revival(request: Asked) -> Response[bytes]:
    """Let everything that was given up be tried again."""
    answer = await house(request).market.ask(
        ReviveTodos(key=uuid4(), book=MARKET, actor_id=staff_of(request).staff_id)
    )
    todos = answer.todos if isinstance(answer, TodosRevived) else 0
    n_ = house(request).engine.words[language_of(request)].count
    return done(request, "/console/jobs", n_("{n} 件待办会马上重试。", todos))


@post("/console/jobs/brakes/{name:str}", opt=staff("jobs"), status_code=303)
async def release(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """Let scheduled work go on that stopped itself."""
    if name not in Schedule.known:
        raise NotFoundException
    answer = await house(request).market.ask(
        ReleaseBrake(key=uuid4(), book=MARKET, actor_id=staff_of(request).staff_id, name=name)
    )
    _ = house(request).engine.words[language_of(request)].say
    is_released = isinstance(answer, BrakeReleased)
    said = _("{name} 继续运行。", name=name) if is_released else _("{name} 没有停。", name=name)
    return done(request, "/console/jobs", said)
