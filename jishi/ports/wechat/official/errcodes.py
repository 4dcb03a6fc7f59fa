"""What WeChat's error codes mean for us: whether to wait, to ask for something, or to let it be.

Source: official accounts, "Global return codes"; mini programs, "Global error codes"; the pages of
the single interfaces.
"""

import re
from enum import StrEnum

from jishi.ports.wechat.failures import AnsweredWithError, ErrorAnswer

BUSY = -1
_RID = re.compile(r"rid: ?([0-9A-Za-z-]+)")


class Meaning(StrEnum):
    """What an error code comes down to."""

    BUSY = "busy"
    """WeChat is overloaded; whether it did anything is not known. Ask again in a moment."""
    BAD_TOKEN = "bad_token"  # noqa: S105 - a word, not a token
    """The token is not valid any more; a call renews it once by itself."""
    BAD_SETTINGS = "bad_settings"
    """The account's appid, secret or address list is wrong: an operator must look."""
    RATE = "rate"
    """Too often in a minute or a day. Later."""
    QUOTA = "quota"
    """The number that a person, a month or the account allows is used up, or its window over."""
    NOT_ALLOWED = "not_allowed"
    """The account has no right to this, or the person does not want it."""
    GONE = "gone"
    """What it names is not there, was used, or ended: a code, a person, a media id, a template."""
    EXISTS = "exists"
    """It was done or made before."""
    BAD_REQUEST = "bad_request"
    """The request itself is at fault: a bug of ours, or a text somebody must change."""


_CODES: dict[Meaning, tuple[int, ...]] = {
    Meaning.BUSY: (BUSY, 61450, 89401, 9001002),
    Meaning.BAD_TOKEN: (40001, 40014, 41001, 42001),
    Meaning.BAD_SETTINGS: (40002, 40013, 40125, 40164, 41002, 41004, 89503),
    Meaning.RATE: (44990, 45009, 45011, 45066, 53501),
    Meaning.QUOTA: (
        45015,
        45018,
        45026,
        45028,
        45029,
        45047,
        45056,
        45059,
        45080,
        48006,
        65305,
        200012,
        10060003,
    ),
    Meaning.NOT_ALLOWED: (
        40226,
        43004,
        43005,
        43019,
        43101,
        45016,
        45057,
        45058,
        48001,
        48002,
        48004,
        48005,
        48008,
        50001,
        50002,
        53500,
        61010,
        65306,
        65309,
        10060004,
    ),
    Meaning.GONE: (
        40003,
        40007,
        40029,
        40030,
        40037,
        40163,
        41030,
        42002,
        42003,
        42007,
        45159,
        46001,
        46002,
        46003,
        46004,
        49003,
        50005,
        53502,
        53600,
        65301,
        65302,
        89300,
        9300501,
        10060001,
    ),
    Meaning.EXISTS: (45065, 45081, 45157, 10060002),
}  # fmt: skip - a table reads best in rows
_MEANINGS = {errcode: meaning for meaning, codes in _CODES.items() for errcode in codes}


class ErrcodeAnswered(AnsweredWithError):
    """WeChat answered with an error code; `meaning` says what to make of it.

    `error.request_id` is the rid, to be named when Tencent is asked.
    """

    def __init__(self, operation: str, errcode: int, errmsg: str, *, is_doubtful: bool) -> None:
        rid = _RID.search(errmsg)
        number = str(errcode)
        answer = ErrorAnswer(
            status=200, code=number, message=errmsg, number=number,
            request_id=rid[1] if rid else "", is_doubtful=is_doubtful,
        )  # fmt: skip
        super().__init__(operation, answer)
        self.errcode, self.meaning = errcode, meaning_of(errcode)

    @property
    def is_certain(self) -> bool:
        """Tell whether it is certain that nothing changed: not where WeChat is only busy."""
        return self.meaning is not Meaning.BUSY and super().is_certain


def meaning_of(errcode: int) -> Meaning:
    """Tell what an error code comes down to; one that is not known blames the request."""
    return _MEANINGS.get(errcode, Meaning.BAD_REQUEST)
