"""Closing an account: proved once more, refused while something is open, and then nothing is left.

What is sought is sought in every column of every table.
"""

import asyncio
import re
from datetime import timedelta

import pytest

from jishi import people
from jishi.kernel import new_id, verify
from tests.traces import traces_of
from tests.web.person import house_of, prove, sign_in
from tests.web.reader import Reader, change, fields, words
from tests.web.sign_in.test_codes import AGO, BROWSER, code_in, enter, phone, wrong
from tests.web.storefront.test_addresses import save

ERASURE = "/me/privacy/erasure"
OVER = "update trade.orders set state = $2 where book = $1"
STREET, RECIPIENT = "无名路 987 号", "欧阳不二"


@pytest.fixture(autouse=True)
def outside(reader: Reader, owner_url: str) -> None:
    """Be outside WeChat, where nobody asked for a code yet."""
    reader.client.headers["user-agent"] = BROWSER
    forget = ("delete from people.askings where $1::bigint is not null", [0])
    asyncio.run(change(owner_url, forget))


def asked_again(reader: Reader, wechat: str, owner_url: str, number: str) -> str:
    """Send the code that proves it once more, and read it."""
    asyncio.run(change(owner_url, (AGO, [timedelta(seconds=61)])))
    form = fields(reader.get(ERASURE).text)
    sent = reader.post(f"{ERASURE}/code", form)
    assert sent.headers.get("location") == f"{ERASURE}?sent=1", words(sent.text)
    return code_in(wechat, f"+86{number}")


def test_all_of_a_person_is_gone_and_he_comes_back_as_another(
    reader: Reader, wechat: str, owner_url: str, book: int
) -> None:
    number, other = phone(), phone()
    enter(reader, wechat, number, f"+86{number}")
    reader.post("/me/name", {**fields(reader.get("/me/name").text), "name": "阿不二"})
    save(reader, recipient=RECIPIENT, street=STREET, phone=other)
    said = {**reader.checkout(book), "remark0": f"打 {other} 找{RECIPIENT}"}
    order = reader.post("/checkout", said).headers["location"]
    sought = (number, other, RECIPIENT, STREET, "阿不二")
    assert asyncio.run(traces_of(owner_url, *sought)) == {"trade.orders"}, "it is found if there"

    page = reader.get(ERASURE)
    assert "现在还不能注销" in words(page.text)
    assert order in page.text.replace("&#x2f;", "/"), "it says which"
    token = {"form": fields(reader.get("/me").text)["form"]}
    refused = reader.post(f"{ERASURE}/code", token)
    assert refused.status_code == 409
    assert "还有 1 张订单没有结束" in words(refused.text)
    assert reader.post(ERASURE, {**token, "code": "123456"}).status_code == 409

    asyncio.run(change(owner_url, (OVER, [book, "completed"])))
    code = asked_again(reader, wechat, owner_url, number)
    form = fields(reader.get(f"{ERASURE}?sent=1").text)
    not_right = reader.post(ERASURE, {**form, "code": wrong(code)})
    assert "验证码不对" in words(not_right.text)
    assert "阿不二" in words(reader.get("/me").text), "nothing was changed"
    device = dict(reader.client.cookies)
    done = reader.post(ERASURE, {**form, "code": code})
    assert (done.status_code, done.headers["location"]) == (303, "/")

    assert asyncio.run(traces_of(owner_url, *sought)) == set()
    reader.client.cookies.update(device)
    assert "还没有登录" in words(reader.get("/me").text), "an old cookie is worth nothing"
    assert reader.get(order).status_code == 404
    reader.forget()
    asyncio.run(change(owner_url, (AGO, [timedelta(seconds=61)])))
    enter(reader, wechat, number, f"+86{number}")
    page = reader.get("/me")
    assert f"{number[:3]}****{number[-4:]}" in page.text
    assert "阿不二" not in page.text
    assert reader.get(order).status_code == 404
    assert "还没有收货地址" in words(reader.get("/addresses").text)

    async def promised() -> list[str]:
        broken = [each async for each in verify(owner_url) if each.broken]
        return [each.promise for each in broken if each.promise.startswith("people.")]

    assert asyncio.run(promised()) == []


def test_who_has_only_wechat_writes_the_word(reader: Reader) -> None:
    person = sign_in(reader)
    prove(reader, person, people.Proved("openid", f"o{new_id()}", "wx1"))
    form = fields(reader.get(ERASURE).text)
    assert "word" in form
    refused = reader.post(ERASURE, {**form, "word": "是"})
    assert "没有确认，账户还在" in words(refused.text)
    assert reader.get("/me/name").status_code == 200
    assert reader.post(ERASURE, {**form, "word": "注销"}).headers["location"] == "/"
    assert reader.get("/me/name").status_code == 303
    house = house_of(reader)

    async def known() -> list[people.Identity]:
        return await people.identities(house.market, house.secret, person)

    with reader.client.portal() as portal:
        assert portal.call(known) == []


def test_who_signs_in_by_code_agreed_to_what_the_page_says(
    reader: Reader, wechat: str, owner_url: str
) -> None:
    number = phone()
    page = reader.get("/sign-in").text
    for text in ("/legal/rules", "/legal/privacy"):
        assert text in page.replace("&#x2f;", "/")
    enter(reader, wechat, number, f"+86{number}")
    shown = reader.get("/me/privacy").text
    assert words(shown).count("已同意") == 2
    versions = re.findall(r"版本 ([0-9a-f]{16})", words(shown))
    assert len(set(versions)) == 2
    form = {**fields(shown), "purpose": "privacy", "do": "withdraw"}
    assert reader.post("/me/privacy/consents", form).headers["location"] == "/"
    assert "还没有登录" in words(reader.get("/me").text)
    asyncio.run(change(owner_url, (AGO, [timedelta(seconds=61)])))
    enter(reader, wechat, number, f"+86{number}")
    assert len(re.findall(r"版本 [0-9a-f]{16}", words(reader.get("/me/privacy").text))) == 4
