"""What staff decides the tables accept: any request is an event or a refusal, never an error."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import staff
from jishi.kernel import MARKET, Event, Refused, verify
from tests.conftest import opened
from tests.staff.scene import DIGEST, HASH, ask

IDS = st.sampled_from([-(2**63), -1, 0, 1, 2, 3, 2**63 - 1])
TEXTS = st.sampled_from(["", "a", "mei", "Mei", "x" * 61, "\x00", "a\x00b", "茶", HASH, DIGEST])
ROLES = st.lists(st.sampled_from(["operator", "owner", "arbiter", "", "\x00", "a,b"]), max_size=3)

requests = st.one_of(
    st.builds(lambda i, w, n, r: ask(staff.AddMember, staff_id=i, works_in=w, name=n, roles=(*r,)),
              IDS, st.just(MARKET) | IDS, TEXTS, ROLES),
    st.builds(lambda i, w: ask(staff.EndMembership, staff_id=i, works_in=w),
              IDS, st.just(MARKET) | IDS),
    st.builds(lambda i, w, k, d: ask(staff.IssueLink, staff_id=i, works_in=w, link_id=k, digest=d),
              IDS, st.just(MARKET) | IDS, IDS, TEXTS),
    st.builds(lambda k, d, h: ask(staff.SetPassword, link_id=k, digest=d, hash=h),
              IDS, TEXTS, TEXTS),
    st.builds(lambda i: ask(staff.TrySignIn, staff_id=i), IDS),
    st.builds(lambda i, k, d: ask(staff.OpenSession, staff_id=i, session_id=k, digest=d),
              IDS, IDS, TEXTS),
    st.builds(lambda k: ask(staff.ProlongSession, session_id=k), IDS),
    st.builds(lambda i, w, r, a: ask(staff.SetRoles, staff_id=i, works_in=w, roles=(*r,),
                                     actor_id=a),
              IDS, st.just(MARKET) | IDS, ROLES, IDS),
    st.builds(lambda i, k, h: ask(staff.ChangePassword, staff_id=i, session_id=k, hash=h),
              IDS, IDS, TEXTS),
    st.builds(lambda i, k: ask(staff.CloseOtherSessions, staff_id=i, session_id=k), IDS, IDS),
    st.builds(lambda i, s, n, d: ask(staff.SetAuthenticator, staff_id=i, sealed=s, step=n,
                                     digests=(*d,)),
              IDS, st.sampled_from([b"", b"sealed", b"x" * 201]), IDS,
              st.sampled_from([(), (DIGEST,), tuple(f"{n:064x}" for n in range(10))])),
    st.builds(lambda i, s: ask(staff.ResealAuthenticator, staff_id=i, sealed=s),
              IDS, st.sampled_from([b"", b"sealed", b"x" * 201])),
    st.builds(lambda i, n: ask(staff.UseCode, staff_id=i, step=n), IDS, IDS),
    st.builds(lambda i, d: ask(staff.UseRecoveryCode, staff_id=i, digest=d), IDS, TEXTS),
    st.builds(lambda i, w, a: ask(staff.RemoveAuthenticator, staff_id=i, works_in=w, actor_id=a),
              IDS, st.just(MARKET) | IDS, IDS),
    st.builds(lambda w, a: ask(staff.RequireSecondStep, works_in=w, is_required=True, actor_id=a),
              st.just(MARKET) | IDS, IDS),
    st.builds(lambda w: ask(staff.ReviveTodos, book=w), st.just(MARKET) | IDS),
    st.builds(lambda w, n: ask(staff.ReleaseBrake, book=w, name=n), st.just(MARKET) | IDS, TEXTS),
    st.builds(lambda i: ask(staff.NoteLockOut, staff_id=i), IDS),
    st.builds(lambda w, k, i: ask(staff.TellShop, book=w, kind=k, about_id=i),
              st.just(MARKET) | IDS, st.sampled_from(["order_paid", "", "\x00"]), IDS),
    st.builds(lambda i, n: ask(staff.SeeNotices, actor_id=i, number=n), IDS, IDS),
    st.builds(lambda i, k: ask(staff.CloseSession, staff_id=i, session_id=k), IDS, IDS),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(requests, min_size=1, max_size=12))
def test_any_request_of_staff_is_an_event_or_a_refusal(
    database_url: str, asked: list[staff.TrySignIn]
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for answer in await asyncio.gather(*map(market.ask, asked)):
                assert isinstance(answer, Event | Refused)

    asyncio.run(scene())


def test_after_all_that_the_promises_of_staff_are_kept(owner_url: str) -> None:
    async def broken() -> list[str]:
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert asyncio.run(broken()) == []
