"""Who uses the mini program: it hands over a code, WeChat tells whom it stands for.

Source: mini programs, "Mini program login".
"""

from msgspec import Struct

from jishi.ports.wechat.official.account import Account


class Session(Struct, frozen=True):
    """A person, and the key that opens what the mini program encrypted; never send it there."""

    openid: str
    session_key: str
    unionid: str = ""

    def __repr__(self) -> str:
        return f"Session({self.openid})"


async def exchange(account: Account, code: str) -> Session:
    """Turn a code into whom it stands for; it is good for 5 minutes and once, so never repeated.

    ErrcodeAnswered: 40029 no such code, 40163 it was used, 40226 WeChat holds the person for
    dangerous, 45011 more than 100 times a minute for one person.
    """
    query = {
        "appid": account.credentials.appid,
        "secret": account.credentials.secret,
        "js_code": code,
        "grant_type": "authorization_code",
    }
    return await account.ask_without_token(
        "/sns/jscode2session", Session, query, is_repeatable=False
    )
