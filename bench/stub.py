"""The least that a market can be paid by: answers prepay and tells of payments, signed, no more.

It keeps nothing and checks nothing, so that what is measured is the market. `python -m bench.stub
PORT FILE` reads its keys from the file.
"""

import asyncio
import json
import re
import secrets
import sys
import time
from asyncio import StreamReader, StreamWriter
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import uvloop
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

HOST = "127.0.0.1"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
KEY_ID = "PUB_KEY_ID_0000000000000000000000000000"
SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
APPID, MCHID = "wx0123456789abcdef", "1900000001"


class Keys(NamedTuple):
    """The merchant's key, WeChat's, and the one that seals what is told."""

    merchant_pem: str
    wechat_pem: str
    apiv3_key: str

    @property
    def public_pem(self) -> str:
        """Give WeChat's public key."""
        loaded = serialization.load_pem_private_key(self.wechat_pem.encode(), None)
        return loaded.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ).decode()  # fmt: skip


def new_keys() -> Keys:
    """Make keys."""

    def pem() -> str:
        made = rsa.generate_private_key(65537, 2048)
        return made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()  # fmt: skip

    return Keys(pem(), pem(), secrets.token_hex(16))


class Stub:
    """What was asked to be paid, and the key that vouches for what is said."""

    def __init__(self, keys: Keys) -> None:
        loaded = serialization.load_pem_private_key(keys.wechat_pem.encode(), None)
        assert isinstance(loaded, rsa.RSAPrivateKey)
        self.key, self.seal = loaded, AESGCM(keys.apiv3_key.encode())
        self.asked: dict[str, Any] = {}
        self.lines: list[tuple[StreamReader, StreamWriter]] = []

    def signed(self, body: bytes) -> str:
        """Give the headers that vouch for a body."""
        now, nonce = str(int(time.time())), secrets.token_hex(16)
        message = f"{now}\n{nonce}\n".encode() + body + b"\n"
        signature = b64encode(self.key.sign(message, PKCS1v15(), SHA256())).decode()
        return (
            f"Wechatpay-Timestamp: {now}\r\nWechatpay-Nonce: {nonce}\r\n"
            f"Wechatpay-Signature: {signature}\r\nWechatpay-Serial: {KEY_ID}\r\n"
            "Wechatpay-Signature-Type: WECHATPAY2-SHA256-RSA2048\r\n"
        )

    async def take(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answer what comes on one connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = LENGTH.search(head)
                body = await reader.readexactly(int(length[1])) if length else b""
                writer.write(await self.answer(head.split(b" ", 2)[1].decode(), body))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(self, path: str, body: bytes) -> bytes:
        """Prepay, or pay what was prepaid and tell it."""
        if path.startswith("/pay/"):
            await self.tell(json.loads(self.asked.pop(path.rpartition("/")[2])))
            return b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n"
        if "/out-trade-no/" in path:
            return self.said(
                {
                    "appid": APPID,
                    "mchid": MCHID,
                    "trade_state": "NOTPAY",
                    "out_trade_no": path.rpartition("/")[2].partition("?")[0],
                }
            )
        prepay_id = f"wx{secrets.token_hex(17)}"
        self.asked[prepay_id] = body
        url = f"https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={prepay_id}"
        return self.said({"h5_url": url})

    def said(self, words: dict[str, str]) -> bytes:
        """Give a signed answer."""
        body = json.dumps(words).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{self.signed(body)}"
        return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body

    async def tell(self, asked: Any) -> None:
        """Tell the market that it was paid, and wait until it has taken that."""
        body = self.notice(asked)
        host, _, path = asked["notify_url"].removeprefix("http://").partition("/")
        reader, writer = self.lines.pop() if self.lines else await asyncio.open_connection(
            *host.split(":")
        )  # fmt: skip
        head = f"POST /{path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n"
        writer.write(
            f"{head}{self.signed(body)}content-length: {len(body)}\r\n\r\n".encode() + body
        )
        answer = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(answer)
        await reader.readexactly(int(length[1]) if length else 0)
        assert answer[9:11] == b"20", answer
        self.lines.append((reader, writer))

    def notice(self, asked: Any) -> bytes:
        """Write what is told of a payment."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        fen = asked["amount"]["total"]
        paid = {
            "appid": asked["appid"], "mchid": asked["mchid"], "trade_state": "SUCCESS",
            "out_trade_no": asked["out_trade_no"], "transaction_id": f"42{time.time_ns()}",
            "trade_type": "MWEB", "trade_state_desc": "支付成功", "bank_type": "OTHERS",
            "success_time": now, "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
            "amount": {
                "total": fen, "payer_total": fen, "currency": "CNY", "payer_currency": "CNY",
            },
        }  # fmt: skip
        nonce = secrets.token_hex(6)
        sealed = self.seal.encrypt(nonce.encode(), json.dumps(paid).encode(), b"transaction")
        return json.dumps(
            {
                "id": secrets.token_hex(16), "create_time": now, "summary": "支付成功",
                "resource_type": "encrypt-resource", "event_type": "TRANSACTION.SUCCESS",
                "resource": {
                    "original_type": "transaction", "algorithm": "AEAD_AES_256_GCM",
                    "ciphertext": b64encode(sealed).decode(), "nonce": nonce,
                    "associated_data": "transaction",
                },
            }
        ).encode()  # fmt: skip


async def main(port: int, keys: Keys) -> None:
    """Serve until it is ended."""
    stub = Stub(keys)
    server = await asyncio.start_server(stub.take, HOST, port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), Keys(*json.loads(Path(sys.argv[2]).read_text()))))
