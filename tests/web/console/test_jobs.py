"""Jobs: what was given up is shown and tried again; what stopped itself goes on."""

import asyncio

from jishi.kernel import MARKET
from jishi.kernel.schedule import Schedule
from tests.web.console.desk import seat
from tests.web.reader import Reader, change, count, fields

DEAD = "select count(*) from kernel.todos where book = $1 and dead_at is not null"


def test_what_was_given_up_is_tried_again(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    give_up = (
        "insert into kernel.todos (book, number, reaction, event_at, due_at, tries, trouble,"
        " dead_at) select book, number, 'probe', at, now(), 9, '<no answer>', now()"
        " from kernel.events where book = $1 limit 1"
    )
    asyncio.run(change(owner_url, (give_up, [book])))
    seat(reader, database_url, MARKET)
    page = reader.get("/console/jobs").text
    assert "probe" in page
    assert "&lt;no answer&gt;" in page
    answer = reader.post("/console/jobs/revival", {"form": fields(page)["form"]})
    assert answer.headers["location"] == "/console/jobs"
    assert "件待办会马上重试" in reader.get("/console/jobs").text
    assert asyncio.run(count(owner_url, DEAD, book)) == 0
    clear = "delete from kernel.todos where book = $1 and reaction = 'probe'"
    asyncio.run(change(owner_url, (clear, [book])))


def test_what_stopped_itself_goes_on(reader: Reader, database_url: str, owner_url: str) -> None:
    name = min(Schedule.known)
    stop = (
        "insert into kernel.schedules (name, brake, braked_at) values ($1, 'the clock', now())"
        " on conflict (name) do update set brake = 'the clock', braked_at = now()"
    )
    asyncio.run(change(owner_url, (stop, [name])))
    seat(reader, database_url, MARKET)
    page = reader.get("/console/jobs").text
    assert "the clock" in page
    path, form = f"/console/jobs/brakes/{name}", {"form": fields(page)["form"]}
    assert reader.post(path, form).status_code == 303
    assert "the clock" not in reader.get("/console/jobs").text
    assert reader.post("/console/jobs/brakes/nothing", form).status_code == 404
