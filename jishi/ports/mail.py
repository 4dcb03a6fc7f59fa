"""Mail: by SMTP with the standard library, in a thread; only ever over TLS, but to this machine.

Sources: RFC 5321, RFC 8314 (465 is TLS at once, 587 begins it). The number of the message is its
Message-ID, so that a mailbox that is brought it twice can tell.
"""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from msgspec import Struct

from jishi.ports.messages import Message, NotBrought

SECONDS_MAX = 15.0
TLS_PORT = 465
LOCAL = ("127.0.0.1", "localhost", "::1")


class Mailbox(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which mailbox mail is sent, and at which server."""

    host: str
    port: int = TLS_PORT
    user: str = ""
    password: str = ""
    sender: str

    def __repr__(self) -> str:
        return f"Mailbox({self.host!r}, {self.port})"


class Smtp:
    """Sends mail from one mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def send(self, message: Message) -> None:
        """Hand a message to the server."""
        try:
            async with asyncio.timeout(2 * SECONDS_MAX):
                written = letter(self.mailbox, message)
                await asyncio.to_thread(self._send, message.to, written)
        except (OSError, smtplib.SMTPException) as error:
            # What the server said may name the recipient.
            raise NotBrought(type(error).__name__) from None

    def _send(self, to: str, written: bytes) -> None:
        box = self.mailbox
        with opened(box) as server:
            if box.user:
                server.login(box.user, box.password)
            server.sendmail(parseaddr(box.sender)[1], [to], written)


def opened(box: Mailbox) -> smtplib.SMTP:
    """Open a connection: with TLS at once or begun, without it to this machine alone."""
    context = ssl.create_default_context()
    if box.port == TLS_PORT:
        return smtplib.SMTP_SSL(box.host, box.port, timeout=SECONDS_MAX, context=context)
    server = smtplib.SMTP(box.host, box.port, timeout=SECONDS_MAX)
    if box.host not in LOCAL:
        server.starttls(context=context)
    return server


def letter(box: Mailbox, message: Message) -> bytes:
    """Write the letter; a header with a line break is refused by the library."""
    written = EmailMessage()
    written["From"], written["To"] = box.sender, message.to
    written["Subject"], written["Date"] = message.subject, formatdate()
    written["Message-ID"] = f"<{message.message_id}@{box.sender.rpartition('@')[2].rstrip('>')}>"
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(message.words)
    return written.as_bytes(policy=SMTP)
