"""What is to be written on an invoice: sealed for its order, and unsealed for who may read it."""

import msgspec

from jishi.kernel import Refused
from jishi.kernel.secret import Secret
from jishi.people.sealing import seal, unseal
from jishi.trade.invoicing import rules

SEALED_AS = "invoice"


class Wanted(msgspec.Struct, frozen=True):
    """Whom the invoice names, by which tax number, and where it is sent; the last two may lack."""

    title: str
    tax_number: str = ""
    mail: str = ""


def reason_against(kind: str, wanted: Wanted) -> Refused | None:
    """Give what is wrong with what somebody wants on his invoice, or none."""
    if kind not in rules.KINDS:
        return Refused("invoice_kind_unknown")
    if not wanted.title or len(wanted.title) > rules.TITLE_CHARACTERS_MAX:
        return Refused("invoice_title_unclear", {"characters_max": rules.TITLE_CHARACTERS_MAX})
    is_numbered = rules.is_tax_number(wanted.tax_number)
    if not is_numbered and (kind == "company" or wanted.tax_number):
        return Refused("tax_number_unclear")
    name, at, host = wanted.mail.partition("@")
    if wanted.mail and not (name and at and "." in host and len(wanted.mail) <= MAIL_MAX):
        return Refused("invoice_mail_unclear")
    return None


MAIL_MAX = rules.MAIL_CHARACTERS_MAX


def sealed(secret: Secret, book: int, order_id: int, wanted: Wanted) -> bytes:
    """Seal it for its order."""
    return seal(_key(secret, book, order_id), SEALED_AS, msgspec.json.encode(wanted))


def unsealed(secret: Secret, book: int, order_id: int, kept: bytes) -> Wanted:
    """Read it again."""
    plain = unseal(_key(secret, book, order_id), SEALED_AS, kept)
    return msgspec.json.decode(plain, type=Wanted)


def _key(secret: Secret, book: int, order_id: int) -> bytes:
    return secret.derive(SEALED_AS, f"{book} {order_id}")
