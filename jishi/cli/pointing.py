"""Where the WeChat that runs here pushes to: the market beside it, unless somebody chose."""

import httpx
import msgspec

PUSHES = "/wechat/pushes"
ASK_SECONDS_MAX = 5


class Account(msgspec.Struct):
    """An account, and where its pushes go."""

    appid: str
    kind: str
    push_url: str


class Shown(msgspec.Struct):
    """What the sandbox says of itself."""

    accounts: list[Account]


def point(wechat: str, pages: str) -> bool:
    """Let the service account push to the market; gives whether that is settled by now.

    WeChat checks the address first, as it does for everybody.
    """
    try:
        known = httpx.get(f"{wechat}/sandbox/credentials", timeout=ASK_SECONDS_MAX)
        if not known.is_success:
            return False
        shown = msgspec.json.decode(known.content, type=Shown)
        account = next(each for each in shown.accounts if each.kind == "service")
        if not account.push_url:
            httpx.put(
                f"{wechat}/sandbox/accounts/{account.appid}/server",
                json={"push_url": f"{pages}{PUSHES}"}, timeout=ASK_SECONDS_MAX,
            )  # fmt: skip
    except httpx.HTTPError:
        return False
    return True
