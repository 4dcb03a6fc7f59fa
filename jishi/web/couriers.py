"""Who brings an order within its city: sealed for it, and unsealed for buyer and shop."""

import msgspec

from jishi.kernel import Refused
from jishi.kernel.secret import Secret
from jishi.people.rules import is_phone
from jishi.people.sealing import seal, unseal

SEALED_AS = "courier"
NAME_CHARACTERS_MAX = 20


class Courier(msgspec.Struct, frozen=True):
    """How he is called, and by which number he is reached."""

    name: str
    phone: str


def reason_against(courier: Courier) -> Refused | None:
    """Give why nobody could be reached by this, or none."""
    is_named = 1 <= len(courier.name) <= NAME_CHARACTERS_MAX and courier.name.isprintable()
    if not is_named or not is_phone(courier.phone):
        return Refused("courier_unclear", {"characters_max": NAME_CHARACTERS_MAX})
    return None


def sealed(secret: Secret, book: int, order_id: int, courier: Courier) -> bytes:
    """Seal him for his order."""
    return seal(_key(secret, book, order_id), SEALED_AS, msgspec.json.encode(courier))


def unsealed(secret: Secret, book: int, order_id: int, kept: bytes) -> Courier | None:
    """Read him again; none when the secret is another one by now."""
    try:
        plain = unseal(_key(secret, book, order_id), SEALED_AS, kept)
    except ValueError:
        return None
    return msgspec.json.decode(plain, type=Courier)


def _key(secret: Secret, book: int, order_id: int) -> bytes:
    return secret.derive(SEALED_AS, f"{book} {order_id}")
