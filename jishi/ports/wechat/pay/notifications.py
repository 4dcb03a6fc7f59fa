"""Reading what WeChat tells by itself: only what it vouches for, lately, and means for us.

Sources: WeChat Pay v3, "Signature verification", "Decrypting certificates and notifications",
"Handling of callback notifications". WeChat waits five seconds for the answer: 200 or 204 says
that it was taken; anything else makes it say it again, up to fifteen times in a day. So the same
notice comes twice as a matter of course: what it says is asked of the market under a key made
from the notice's id, and asking twice is asking once. A `SeenNotices` only saves the work.
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

import msgspec
from msgspec import Struct

from jishi.ports.wechat.pay.credentials import Credentials
from jishi.ports.wechat.pay.notices import Happening, Notice, ShareMoved, kind_of
from jishi.ports.wechat.pay.reading import Unreadable, read_strictly
from jishi.ports.wechat.pay.signatures import Finder, reason_against
from jishi.ports.wechat.pay.wire import Moment
from jishi.ports.wechat.sealing import ALGORITHM, CannotOpen, unseal

BODY_BYTES_MAX = 256 * 1024
ID_LETTERS_MAX = 64
SEALED = "encrypt-resource"

STATUS = {
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "not_json": HTTPStatus.BAD_REQUEST,
    "repeated_key": HTTPStatus.BAD_REQUEST,
    "wrong_type": HTTPStatus.BAD_REQUEST,
    "wrong_sealing": HTTPStatus.BAD_REQUEST,
    "not_openable": HTTPStatus.BAD_REQUEST,
    "not_ours": HTTPStatus.FORBIDDEN,
    # Its key may come with the next list of certificates; WeChat will say it again.
    "unknown_serial": HTTPStatus.SERVICE_UNAVAILABLE,
}


class Rejection(Struct, frozen=True):
    """Why a notification is not taken, in a word, and the status to answer it with.

    In this order: `too_large`, `unsigned`, `probe`, `wrong_algorithm` (of the signature),
    `stale`, `unknown_serial`, `forged`, `not_json`, `repeated_key`, `wrong_type`,
    `wrong_sealing`, `not_openable`, `not_ours`.
    """

    reason: str
    status: int


class SeenNotices(Protocol):
    """Remembers the ids of notices that were dealt with.

    `remember` belongs after the deed, best in its transaction: a notice that was remembered
    and not dealt with is lost.
    """

    async def has_seen(self, notice_id: str) -> bool:
        """Tell whether a notice with this id was dealt with."""

    async def remember(self, notice_id: str) -> None:
        """Keep the id."""


class _Resource(Struct, frozen=True, kw_only=True):
    algorithm: str
    ciphertext: str
    nonce: str
    associated_data: str = ""
    original_type: str = ""


class _Envelope(Struct, frozen=True, kw_only=True):
    id: str
    create_time: Moment
    event_type: str
    resource_type: str
    resource: _Resource
    summary: str = ""


class _Owner(Struct, frozen=True, kw_only=True):
    """Whom a happening names; each kind names its own way."""

    mchid: str = ""
    mch_id: str = ""
    appid: str = ""
    combine_mchid: str = ""
    combine_appid: str = ""
    combine_out_trade_no: str = ""


class NoticeReader:
    """Reads the notifications of one merchant; `appids` are the accounts bound to it."""

    def __init__(
        self,
        credentials: Credentials,
        keys: Finder,
        appids: tuple[str, ...],
        seen: SeenNotices | None = None,
    ) -> None:
        self.credentials, self.keys, self.appids, self.seen = credentials, keys, appids, seen

    async def read(
        self, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> Notice | Rejection:
        """Read a notification, or say why it is not taken. `body` is exactly what was sent."""
        if len(body) > BODY_BYTES_MAX:
            return _rejected("too_large")
        if reason := await reason_against(headers, body, self.keys, now.timestamp()):
            return _rejected(reason)
        try:
            notice = self._opened(read_strictly(body, _Envelope))
        except Unreadable as unreadable:
            return _rejected(unreadable.reason)
        if isinstance(notice, Notice) and self.seen and await self.seen.has_seen(notice.notice_id):
            return msgspec.structs.replace(notice, is_repeated=True)
        return notice

    def _opened(self, envelope: _Envelope) -> Notice | Rejection:
        """Open what is sealed and see that it is ours."""
        sealed = envelope.resource
        if envelope.resource_type != SEALED or sealed.algorithm != ALGORITHM:
            return _rejected("wrong_sealing")
        if not 0 < len(envelope.id) <= ID_LETTERS_MAX:
            return _rejected("wrong_type")
        try:
            plain = unseal(
                self.credentials.apiv3_key, sealed.nonce, sealed.associated_data, sealed.ciphertext
            )
        except (CannotOpen, UnicodeError):
            return _rejected("not_openable")
        owner = read_strictly(plain, _Owner)
        kind = kind_of(
            envelope.event_type,
            sealed.original_type,
            is_combined=bool(owner.combine_out_trade_no),
        )
        if not self._is_ours(owner, kind):
            return _rejected("not_ours")
        return Notice(
            notice_id=envelope.id,
            event_type=envelope.event_type,
            created_at=envelope.create_time,
            summary=envelope.summary,
            plain=plain,
            happening=read_strictly(plain, kind) if kind else None,
        )

    def _is_ours(self, owner: _Owner, kind: type[Happening] | None) -> bool:
        """Tell whether it names us; a share is told to its receiver, and names who shared."""
        if kind is ShareMoved:
            return True
        mchids = {owner.mchid, owner.mch_id, owner.combine_mchid} - {""}
        appids = {owner.appid, owner.combine_appid} - {""}
        return mchids <= {self.credentials.mchid} and appids <= set(self.appids)


def _rejected(reason: str) -> Rejection:
    return Rejection(reason, STATUS.get(reason, HTTPStatus.UNAUTHORIZED))
