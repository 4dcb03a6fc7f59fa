"""The official account (a verified service account) from our side: calls, pushes, replies.

An `Account` calls; each area is a module of functions that take it first. `open_push` opens what
WeChat pushes, `replies` answers it. Nothing here knows what it is used for.
"""

from jishi.ports.wechat.official.account import Account, Credentials, File, Given, Hosts
from jishi.ports.wechat.official.errcodes import ErrcodeAnswered, Meaning
from jishi.ports.wechat.official.limits import OverLimit
from jishi.ports.wechat.official.push import Gate, Push, echo, open_push
from jishi.ports.wechat.official.trees import BadPush

__all__ = [
    "Account",
    "BadPush",
    "Credentials",
    "ErrcodeAnswered",
    "File",
    "Gate",
    "Given",
    "Hosts",
    "Meaning",
    "OverLimit",
    "Push",
    "echo",
    "open_push",
]
