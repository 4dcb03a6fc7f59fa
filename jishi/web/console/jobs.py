"""Jobs: what was given up after many tries, and scheduled work that stopped itself."""

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.kernel import Tx
from jishi.kernel.dead import dead, revive
from jishi.kernel.schedule import Schedule, braked, release_brake
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.frame import done, show_console
from jishi.web.logs import log
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
    revived = await house(request).market.look(revive)
    todos = revived.todos if revived else 0
    log.info("todos revived", todos=todos, staff_id=staff_of(request).staff_id)
    words = house(request).engine.words[language_of(request)]
    n_ = words.count
    return done(request, "/console/jobs", n_("{n} 件待办会马上重试。", todos))


@post("/console/jobs/brakes/{name:str}", opt=staff("jobs"), status_code=303)
async def release(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """Let scheduled work go on that stopped itself."""
    if name not in Schedule.known:
        raise NotFoundException
    async with house(request).market.database.transaction() as connection:
        released = await release_brake(Tx(connection), name=name)
    log.info("brake released", schedule=name, staff_id=staff_of(request).staff_id)
    _ = house(request).engine.words[language_of(request)].say
    said = _("{name} 继续运行。", name=name) if released else _("{name} 没有停。", name=name)
    return done(request, "/console/jobs", said)
