"""The ciphers of WeChat: AES-GCM and RSA-OAEP of Pay v3, AES-CBC of pushes and user data.

Sources: WeChat Pay v3, "Decrypting certificates and notifications", "Encrypting sensitive
information"; official accounts, "Message encryption and decryption"; mini programs, "Open data
verification and decryption"; WeChat Pay v2, "Refund result notification".
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import md5

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from cryptography.hazmat.primitives.hashes import SHA1

PUSH_BLOCK, AES_BLOCK, LENGTH_BYTES = 32, 16, 4
ALGORITHM = "AEAD_AES_256_GCM"
_OAEP = OAEP(MGF1(SHA1()), SHA1(), None)  # noqa: S303 - the protocol names SHA-1


class CannotOpen(Exception):
    """It was not sealed with this key, or was changed on the way."""


class _Watermark(msgspec.Struct):
    appid: str


class _UserData(msgspec.Struct):
    watermark: _Watermark


def seal(key: bytes, nonce: str, associated: str, plain: bytes) -> str:
    """Seal with the APIv3 key (32 bytes; AES-GCM takes 16 too); base64 of text and tag."""
    return b64encode(AESGCM(key).encrypt(nonce.encode(), plain, associated.encode())).decode()


def unseal(key: bytes, nonce: str, associated: str, sealed: str) -> bytes:
    """Open what `seal` closed."""
    try:
        raw = b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(nonce.encode(), raw, associated.encode())
    except (InvalidTag, NotBase64, ValueError) as error:
        raise CannotOpen("the sealed text does not open with this key") from error


def hide(key: RSAPublicKey, text: str) -> str:
    """Encrypt a sensitive field (a name, a phone number) for the key's owner; base64."""
    return b64encode(key.encrypt(text.encode(), _OAEP)).decode()


def reveal(key: RSAPrivateKey, hidden: str) -> str:
    """Decrypt a sensitive field."""
    try:
        return key.decrypt(b64decode(hidden, validate=True), _OAEP).decode()
    except (NotBase64, ValueError) as error:
        raise CannotOpen("the sensitive field does not open with this key") from error


def wrap_push(aes_key: str, appid: str, salt: bytes, text: str) -> str:
    """Encrypt a push or a reply; `aes_key` is the 43 letters of EncodingAESKey, `salt` 16 bytes."""
    body = text.encode()
    plain = salt + len(body).to_bytes(LENGTH_BYTES, "big") + body + appid.encode()
    return b64encode(_cbc_shut(_push_key(aes_key), _padded(plain, PUSH_BLOCK))).decode()


def unwrap_push(aes_key: str, appid: str, wrapped: str) -> str:
    """Decrypt a push or a reply and see that it is for this account."""
    key = _push_key(aes_key)
    plain = _unpadded(_cbc_open(key, key[:AES_BLOCK], wrapped), PUSH_BLOCK)
    start = AES_BLOCK + LENGTH_BYTES
    end = start + int.from_bytes(plain[AES_BLOCK:start], "big")
    if len(plain) < start or end > len(plain) or plain[end:] != appid.encode():
        raise CannotOpen("the message is not for this account")
    try:
        return plain[start:end].decode()
    except UnicodeDecodeError as error:
        raise CannotOpen("the message is no text") from error


def wrap_user_data(session_key: str, iv: str, text: str) -> str:
    """Encrypt a mini program's user data."""
    plain = _padded(text.encode(), AES_BLOCK)
    return b64encode(_cbc_shut(b64decode(session_key), plain, b64decode(iv))).decode()


def unwrap_user_data(session_key: str, iv: str, appid: str, wrapped: str) -> bytes:
    """Decrypt a mini program's user data (JSON) and see by its watermark that it is ours."""
    try:
        plain = _unpadded(_cbc_open(b64decode(session_key), b64decode(iv), wrapped), AES_BLOCK)
        if msgspec.json.decode(plain, type=_UserData).watermark.appid != appid:
            raise CannotOpen("the user data is not for this program")
    except (NotBase64, ValueError) as error:
        raise CannotOpen("the user data does not open with this session") from error
    return plain


def unwrap_old_refund(api_key: str, wrapped: str) -> str:
    """Decrypt the `req_info` of a Pay v2 refund notice: AES-256-ECB, the key hashed by MD5."""
    key = md5(api_key.encode(), usedforsecurity=False).hexdigest().encode()
    decryptor = Cipher(AES(key), ECB()).decryptor()  # noqa: S305 - the protocol names it
    try:
        plain = decryptor.update(b64decode(wrapped, validate=True)) + decryptor.finalize()
        return _unpadded(plain, AES_BLOCK).decode()
    except (NotBase64, ValueError) as error:
        raise CannotOpen("the refund notice does not open with this key") from error


def wrap_old_refund(api_key: str, text: str) -> str:
    """Encrypt a Pay v2 refund notice."""
    key = md5(api_key.encode(), usedforsecurity=False).hexdigest().encode()
    encryptor = Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - the protocol names it
    shut = encryptor.update(_padded(text.encode(), AES_BLOCK)) + encryptor.finalize()
    return b64encode(shut).decode()


def _push_key(aes_key: str) -> bytes:
    try:
        key = b64decode(aes_key + "=")
    except NotBase64 as error:
        raise CannotOpen("the EncodingAESKey is not one") from error
    if len(key) != PUSH_BLOCK:
        raise CannotOpen("the EncodingAESKey is not one")
    return key


def _cbc_shut(key: bytes, plain: bytes, iv: bytes | None = None) -> bytes:
    encryptor = Cipher(AES(key), CBC(iv or key[:AES_BLOCK])).encryptor()
    return encryptor.update(plain) + encryptor.finalize()


def _cbc_open(key: bytes, iv: bytes, wrapped: str) -> bytes:
    try:
        decryptor = Cipher(AES(key), CBC(iv)).decryptor()
        return decryptor.update(b64decode(wrapped, validate=True)) + decryptor.finalize()
    except (NotBase64, ValueError) as error:
        raise CannotOpen("the message does not open with this key") from error


def _padded(plain: bytes, block: int) -> bytes:
    lack = block - len(plain) % block
    return plain + bytes([lack]) * lack


def _unpadded(plain: bytes, block: int) -> bytes:
    lack = plain[-1] if plain else 0
    if not 1 <= lack <= block or plain[-lack:] != bytes([lack]) * lack:
        raise CannotOpen("the message does not open with this key")
    return plain[:-lack]
