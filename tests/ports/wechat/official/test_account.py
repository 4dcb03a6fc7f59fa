"""How an account calls: what is repeated, what is told of failures, and what is kept silent."""

import asyncio
import logging
from collections.abc import Callable

import httpx
import pytest

from jishi.ports.wechat.failures import (
    AnsweredWithError,
    AnswerNotTrusted,
    NotSent,
    OutcomeUnknown,
)
from jishi.ports.wechat.official import (
    Account,
    ErrcodeAnswered,
    Hosts,
    Meaning,
    broadcasts,
    customer_messages,
    drafts,
    templates,
)
from jishi.ports.wechat.official.errcodes import meaning_of
from jishi.ports.wechat.official.templates import TemplateMessage, Value
from tests.ports.wechat.official.stage import SECRET, TOKEN, staged
from tests.ports.wechat.official.test_speaking import TAKEN, WORDS

COUNT, SEND, TALK = (
    "/cgi-bin/draft/count", "/cgi-bin/message/template/send", "/cgi-bin/message/custom/send",
)  # fmt: skip
BUSY = {"errcode": -1, "errmsg": "system error rid: 5f-6a-7b"}
SENT = {"errcode": 0, "errmsg": "ok", "msgid": 1}


def broken(error: type[httpx.TransportError]) -> Callable[[httpx.Request], httpx.Response]:
    def break_off(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    return break_off


def message(client_msg_id: str) -> TemplateMessage:
    return TemplateMessage(
        openid="o1", template_id="T1", data={"k": Value("v")}, client_msg_id=client_msg_id
    )


async def say(account: Account) -> None:
    await customer_messages.send(account, "o1", customer_messages.Text("hi"))


def test_questions_are_asked_again_where_wechat_is_busy_or_silent(database_url: str) -> None:
    async def play() -> None:
        answers = [BUSY, httpx.Response(503), {"total_count": 3}]
        async with staged(database_url, {COUNT: answers}) as (account, wechat):
            assert await drafts.count(account) == 3
            assert len(wechat.at(COUNT)) == 3
            wechat.answers[COUNT] = [broken(httpx.ReadTimeout), {"total_count": 4}]
            assert await drafts.count(account) == 4

    asyncio.run(play())


def test_the_second_host_answers_where_the_first_cannot_be_reached(database_url: str) -> None:
    def only_two(request: httpx.Request) -> object:
        if request.url.host == "one.example":
            raise httpx.ConnectError("no route", request=request)
        return {"total_count": 3}

    async def play() -> None:
        async with staged(database_url, {COUNT: only_two}) as (account, wechat):
            assert await drafts.count(account) == 3
            assert [each.url.host for each in wechat.at(COUNT)] == ["one.example", "two.example"]

    asyncio.run(play())


def test_messages_are_sent_again_only_under_a_number_of_their_own(database_url: str) -> None:
    async def play() -> None:
        async with staged(database_url) as (account, wechat):
            wechat.answers[SEND] = [BUSY, SENT]
            assert await templates.send(account, message("m1")) == 1
            assert len(wechat.at(SEND)) == 2
            assert wechat.at(SEND)[0].content == wechat.at(SEND)[1].content
            wechat.answers["/cgi-bin/message/mass/sendall"] = [httpx.Response(502), TAKEN]
            assert (await broadcasts.send_to_all(account, WORDS)).message_id == 34182
            wechat.requests.clear()
            wechat.answers[SEND] = [BUSY, SENT]
            with pytest.raises(ErrcodeAnswered) as caught:
                await templates.send(account, message(""))
            assert (caught.value.meaning, caught.value.is_certain) == (Meaning.BUSY, False)
            assert caught.value.error.request_id == "5f-6a-7b"
            wechat.answers[TALK] = broken(httpx.ReadTimeout)
            with pytest.raises(OutcomeUnknown) as unknown:
                await say(account)
            assert not unknown.value.is_certain
            wechat.answers[TALK] = broken(httpx.ConnectError)
            with pytest.raises(NotSent) as unsent:
                await say(account)
            assert unsent.value.is_certain
            assert (len(wechat.at(SEND)), len(wechat.at(TALK))) == (1, 2)

    asyncio.run(play())


def test_an_error_after_a_lost_answer_is_doubtful(database_url: str) -> None:
    async def play() -> None:
        too_quick = {"errcode": 45066, "errmsg": "clientmsgid retry too fast"}
        answers = [broken(httpx.ReadTimeout), too_quick]
        path = "/cgi-bin/message/mass/sendall"
        async with staged(database_url, {path: answers}) as (account, _):
            with pytest.raises(ErrcodeAnswered) as caught:
                await broadcasts.send_to_all(account, WORDS)
            assert (caught.value.meaning, caught.value.is_certain) == (Meaning.RATE, False)

    asyncio.run(play())


@pytest.mark.parametrize(
    ("errcode", "meaning"),
    [
        (-1, Meaning.BUSY), (40001, Meaning.BAD_TOKEN), (42001, Meaning.BAD_TOKEN),
        (40164, Meaning.BAD_SETTINGS), (45009, Meaning.RATE), (45011, Meaning.RATE),
        (45047, Meaning.QUOTA), (45028, Meaning.QUOTA), (45015, Meaning.QUOTA),
        (48001, Meaning.NOT_ALLOWED), (43101, Meaning.NOT_ALLOWED), (43004, Meaning.NOT_ALLOWED),
        (40163, Meaning.GONE), (40003, Meaning.GONE), (40007, Meaning.GONE),
        (45065, Meaning.EXISTS), (47003, Meaning.BAD_REQUEST), (99999, Meaning.BAD_REQUEST),
    ],
)  # fmt: skip
def test_quotas_and_rights_are_told_apart(errcode: int, meaning: Meaning) -> None:
    assert meaning_of(errcode) is meaning
    assert ErrcodeAnswered("POST /x", errcode, "words", is_doubtful=False).is_certain is (
        errcode != -1
    )


def test_answers_that_are_none_are_told_apart(database_url: str) -> None:
    async def play() -> None:
        async with staged(database_url) as (account, wechat):
            for answer, failure in (
                (httpx.Response(200, text="<html>"), AnswerNotTrusted),
                (httpx.Response(200, text='{"total_count": "many"}'), AnswerNotTrusted),
                (httpx.Response(200, text="{"), AnswerNotTrusted),
                (httpx.Response(200), AnswerNotTrusted),
                (httpx.Response(404, text="not found"), AnsweredWithError),
                (httpx.Response(502, text="bad gateway"), AnsweredWithError),
            ):
                wechat.answers[COUNT] = answer
                with pytest.raises(failure) as caught:
                    await drafts.count(account)
                assert caught.value.operation == f"GET {COUNT}"

    asyncio.run(play())


def test_no_secret_is_told_by_failures_or_the_log(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> list[str]:
        told = []
        async with staged(database_url) as (account, wechat):
            told += [repr(account), repr(account.credentials), repr(await account.access.current())]
            for answer in (BUSY, httpx.Response(404), httpx.Response(200, text="{")):
                wechat.answers[COUNT] = answer
                with pytest.raises(Exception, match=COUNT) as caught:
                    await drafts.count(account)
                told.append(repr(caught.value))
        return told

    with caplog.at_level(logging.DEBUG):
        told = asyncio.run(play())
    for text in (*told, caplog.text):
        assert "token-1" not in text
        assert SECRET not in text


def test_texts_travel_as_they_are_and_not_as_escapes(database_url: str) -> None:
    async def play() -> None:
        async with staged(database_url) as (account, wechat):
            await customer_messages.send(account, "o1", customer_messages.Text("春天😀</a>"))
            assert "春天😀</a>".encode() in wechat.last.content
            assert wechat.last.headers["content-type"] == "application/json"
            assert wechat.last.url.params["access_token"] == "token-1"  # noqa: S105 - no secret

    asyncio.run(play())


def test_the_real_hosts_are_there_by_default_and_the_token_is_the_stable_one(
    database_url: str,
) -> None:
    async def play() -> None:
        assert Hosts().api == ("https://api.weixin.qq.com", "https://api2.weixin.qq.com")
        async with staged(database_url, {COUNT: {"total_count": 1}}) as (account, wechat):
            await drafts.count(account)
            (fetch,) = wechat.at(TOKEN)
            assert fetch.method == "POST"
            assert (
                fetch.content
                == (
                    f'{{"grant_type":"client_credential","appid":"{account.credentials.appid}",'
                    f'"secret":"{SECRET}","force_refresh":false}}'
                ).encode()
            )

    asyncio.run(play())
