"""wechatpy reads the data cube, a day later."""

from datetime import timedelta

from jishi.sandbox.official.limits import BEIJING
from tests.ports.conformance.hands import DAY
from tests.ports.conformance.official.visit import Visit, numbers


def test_who_came_and_went_is_told_the_next_day(visit: Visit) -> None:
    day = visit.hands.now().astimezone(BEIJING).date()
    goer = visit.fan()
    visit.do("say", goer, text="在吗")
    visit.do("unfollow", goer)
    visit.fan()
    visit.hands.advance(DAY)
    if visit.hands.now().astimezone(BEIJING).date() == day + timedelta(days=2):
        return  # midnight passed while the day was made
    cube = visit.client.datacube
    summary = cube.get_user_summary(day, day)
    assert {each["ref_date"] for each in summary} == {day.isoformat()}
    assert sum(each["new_user"] for each in summary) == 2
    assert sum(each["cancel_user"] for each in summary) == 1
    (cumulated,) = cube.get_user_cumulate(day, day)
    assert cumulated["cumulate_user"] == 1
    (upstream,) = cube.get_upstream_msg(day, day)
    assert (upstream["msg_type"], upstream["msg_count"]) == (1, 1)
    for figures in (cube.get_article_summary, cube.get_user_read, cube.get_user_share):
        assert isinstance(figures(day, day), list)


def test_today_a_long_time_and_no_day_are_refused(visit: Visit) -> None:
    cube, day = visit.client.datacube, visit.hands.now().astimezone(BEIJING).date()
    before = day - timedelta(days=1)
    assert numbers(
        lambda: cube.get_user_cumulate(day, day),
        lambda: cube.get_user_cumulate(day - timedelta(days=9), before),
        lambda: cube.get_user_cumulate("yesterday", "today"),
    ) == [61501, 61501, 61500]
