"""Whatever people and accounts do, in whatever order: no quota is exceeded, no message invented."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi.sandbox.official.limits import month_begin
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

CUSTOMER, SOME = "/cgi-bin/message/custom/send", "/cgi-bin/message/mass/send"
MENU = {"button": [{"type": "click", "name": "上新", "key": "NEW"}]}
CODE = {
    "action_name": "QR_STR_SCENE", "expire_seconds": 2_592_000,
    "action_info": {"scene": {"scene_str": "a"}},
}  # fmt: skip
WINDOWS = {
    "say": (5, timedelta(hours=48)),
    "tap": (3, timedelta(minutes=1)),
    "scan": (3, timedelta(minutes=1)),
    "follow": (3, timedelta(minutes=1)),
}
# Sums of these never come near a minute or two days, where a slow machine would decide.
WAITS = {"a while": 25, "longer": 40, "a day": 30 * 3600}
STEPS = st.lists(
    st.sampled_from(["say", "tap", "scan", *["send"] * 4, *WAITS]), min_size=3, max_size=18
)
ONE_STAGE = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


class Model:
    """The windows of one person, as the documentation has them."""

    def __init__(self, now: datetime) -> None:
        self.windows: dict[str, tuple[int, datetime]] = {}
        self.open("follow", now)

    def open(self, deed: str, now: datetime) -> None:
        """A deed opens its window afresh."""
        count, span = WINDOWS[deed]
        self.windows[deed] = (count, now + span)

    def send(self, now: datetime) -> int:
        """A message is spent from every open window; one with something left lets it through."""
        live = {deed: left for deed, (left, until) in self.windows.items() if until > now}
        if not any(live.values()):
            return 45047 if live else 45015
        for deed, left in live.items():
            self.windows[deed] = (max(left - 1, 0), self.windows[deed][1])
        return 0


@ONE_STAGE
@given(steps=STEPS)
def test_service_messages_follow_the_windows(perform: Perform, steps: list[str]) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        await account.post("/cgi-bin/menu/create", MENU)
        code = (await account.post("/cgi-bin/qrcode/create", CODE))["url"]
        person = await stage.fan(account)
        openid = await account.openid(person)
        model, accepted = Model(stage.world.clock.now()), 0
        for step in steps:
            now = stage.world.clock.now()
            if step == "send":
                body = {"touser": openid, "msgtype": "text", "text": {"content": str(accepted)}}
                answer = await account.code(CUSTOMER, body)
                assert answer == model.send(now)
                accepted += answer == 0
            elif step in WAITS:
                await stage.advance(seconds=WAITS[step])
                await account.take_token()
            else:
                model.open(step, now)
                await act(stage, account, person, step, code)
        said = [each for each in await account.chat(person) if each["channel"] == "customer"]
        assert [each["content"]["text"] for each in said] == [str(n) for n in range(accepted)]

    perform(play)


async def act(stage: Stage, account: Account, person: int, step: str, code: str) -> None:
    who = {"appid": account.appid, "person_id": person}
    if step == "say":
        await stage.do("say", text="在吗", **who)
    elif step == "tap":
        await stage.do("menu", button="NEW", **who)
    else:
        await stage.do("scan", person_id=person, text=code)


@ONE_STAGE
@given(
    sends=st.lists(
        st.tuples(st.sets(st.sampled_from(range(4)), min_size=2), st.sampled_from([0, 0, 0, 9])),
        min_size=4,
        max_size=12,
    )
)
def test_a_person_never_hears_more_than_four_broadcasts_a_month(
    perform: Perform, sends: list[tuple[set[int], int]]
) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        people = [await stage.fan(account) for _ in range(4)]
        openids = [await account.openid(each) for each in people]
        heard: Counter[tuple[int, datetime]] = Counter()
        expected: dict[int, list[str]] = {each: [] for each in range(4)}
        for number, (chosen, days) in enumerate(sends):
            await stage.advance(days=days, seconds=1)
            await account.take_token()
            month = month_begin(stage.world.clock.now())
            reached = [each for each in sorted(chosen) if heard[each, month] < 4]
            body = {
                "touser": [openids[each] for each in sorted(chosen)],
                "msgtype": "text",
                "text": {"content": str(number)},
            }
            assert await account.code(SOME, body) == (0 if reached else 45028)
            await stage.advance(seconds=3)
            for each in reached:
                heard[each, month] += 1
                expected[each].append(str(number))
        for each, person in enumerate(people):
            chat = await account.chat(person)
            assert [message["content"]["text"] for message in chat] == expected[each]

    perform(play)
