"""Codes that prove a phone or an address of mail: asked for, sent, given back."""

import secrets
import unicodedata
from collections.abc import Callable
from uuid import uuid4

import msgspec

from jishi.kernel import Answer, Market, Refused, new_id
from jishi.kernel.secret import Secret
from jishi.people import rules, sealing
from jishi.people.ask_for_code import AskForCode
from jishi.people.count_asking import CountAsking
from jishi.people.identities import Proved, digest_of
from jishi.people.post import CODE, Letter, post
from jishi.people.try_code import CodeTried, TryCode

SEND_SECONDS_MAX = 5


def claimed(written: str) -> Proved | None:
    """Read what somebody says is his: an address of mail, or a phone; none if it is neither."""
    if "@" in written:
        mail = rules.mail_name(written)
        return Proved("email", mail) if mail else None
    phone = rules.phone_name(unicodedata.normalize("NFKC", written))
    return Proved("phone", phone) if phone else None


async def send_code(
    market: Market, secret: Secret, proved: Proved, address: str, write: Callable[[str], Letter]
) -> Answer:
    """Send a code to what somebody says is his; who he may be is not looked at.

    `address` is his in the network, `write` gives the letter with the code. Refused: as the acts
    do, and `messages_not_set_up`.
    """
    if proved.kind not in await post.carriers():
        return Refused("messages_not_set_up")
    client = secret.derive("client", address)
    counted = await market.ask(
        CountAsking(key=uuid4(), book=rules.book_of_digest(client), actor_id=0, digest=client)
    )
    if isinstance(counted, Refused):
        return counted
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    code_id, digest = new_id(), digest_of(secret, proved)
    plain = msgspec.json.encode(write(code))
    asked = AskForCode(
        key=uuid4(), book=rules.book_of_digest(digest), actor_id=0, code_id=code_id, digest=digest,
        kind=proved.kind, hash=hash_of(secret, digest, code),
        sealed=sealing.seal(post.key_of(code_id), CODE, plain),
    )  # fmt: skip
    return await market.ask(asked, wait=SEND_SECONDS_MAX)


async def try_code(market: Market, secret: Secret, proved: Proved, given: str) -> Refused | None:
    """See whether this is the code that was sent there; give the reason why not, or none.

    Refused: as the act does, and `code_wrong`.
    """
    code, digest = unicodedata.normalize("NFKC", given).replace(" ", ""), digest_of(secret, proved)
    if len(code) != rules.CODE_DIGITS or not code.isdecimal():
        return Refused("code_wrong")
    answer = await market.ask(
        TryCode(
            key=uuid4(), book=rules.book_of_digest(digest), actor_id=0, digest=digest,
            hash=hash_of(secret, digest, code),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return answer
    assert isinstance(answer, CodeTried)
    return None if answer.is_right else Refused("code_wrong")


def hash_of(secret: Secret, digest: bytes, code: str) -> bytes:
    """Give what is kept of a code: nobody guesses a million of them without the secret."""
    return secret.derive("code of", f"{digest.hex()} {code}")
