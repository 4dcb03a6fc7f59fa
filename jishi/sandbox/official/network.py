"""WeChat's network: its addresses, and whether it reaches the developer's server."""

from urllib.parse import urlsplit

from msgspec import Struct

from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.doors import official
from jishi.sandbox.official.quota import spend_call

BAD_PARAMETER = 40035
CHECK = "/cgi-bin/callback/check"
ADDRESS = "127.0.0.1"


class Addresses(Struct, frozen=True):
    """From where WeChat calls, or where it is called."""

    ip_list: list[str]


class Check(Lenient, frozen=True):
    """What to check: `dns`, `ping` or `all`; from which operator's network."""

    action: str = ""
    check_operator: str = "DEFAULT"


class Name(Struct, frozen=True):
    """An address of the developer's server."""

    ip: str
    real_operator: str


class Ping(Struct, frozen=True):
    """How an address answered."""

    ip: str
    from_operator: str
    package_loss: str
    time: str


class Checked(Struct, frozen=True):
    """What was found."""

    dns: list[Name]
    ping: list[Ping]


@official("GET", "/cgi-bin/getcallbackip")
async def callback_addresses(_call: OfficialCall) -> Addresses:
    """Tell from where pushes come: here, this machine."""
    return Addresses([ADDRESS])


@official("GET", "/cgi-bin/get_api_domain_ip")
async def api_addresses(_call: OfficialCall) -> Addresses:
    """Tell where the interface is reached: here, this machine."""
    return Addresses([ADDRESS])


@official("POST", CHECK)
async def check_callback(call: OfficialCall, asked: Check) -> Checked | Errcode:
    """Look whether the developer's server has a name and answers."""
    if refused := await spend_call(call, CHECK):
        return refused
    if asked.action not in {"dns", "ping", "all"}:
        return Errcode(BAD_PARAMETER)
    host = urlsplit(call.account.push_url).hostname
    if host is None:
        return Errcode(BAD_PARAMETER, "no callback url is set")
    operator = asked.check_operator
    names = [Name(host, operator)] if asked.action in {"dns", "all"} else []
    pings = [Ping(host, operator, "0%", "0.05ms")] if asked.action in {"ping", "all"} else []
    return Checked(names, pings)
