"""An account that speaks by wechatpy, the people it knows, and its server."""

import secrets
from typing import Any, NamedTuple

from jishi.sandbox.cast import openid
from tests.ports.conformance.clients import account_client, oauth_client, refusal_of
from tests.ports.conformance.hands import Hands
from tests.ports.conformance.receiver import Inbox, Server

BACK = "http://127.0.0.1/back"


class Somebody(NamedTuple):
    """A person, and the name that the account knows."""

    person_id: int
    openid: str
    unionid: str


class Visit:
    """An account of a test's own with wechatpy's client, and its server's address."""

    def __init__(self, hands: Hands, server: Server, kind: str) -> None:
        self.hands = hands
        self.account: Any = hands.account(kind)
        self.appid, self.secret = str(self.account["appid"]), str(self.account["secret"])
        self.inbox: Inbox = server.inbox(f"/pushes/{secrets.token_hex(4)}")
        self.clients: list[Any] = []
        self.client = self.another_client()

    def another_client(self, **more: object) -> Any:
        """Make a client that has no token yet."""
        made = account_client(
            self.hands.base, self.appid, str(more.pop("secret", self.secret)), **more
        )
        self.clients.append(made)
        return made

    def oauth(self, **more: object) -> Any:
        """Make a client for pages."""
        made = oauth_client(self.hands.base, self.appid, self.secret, BACK, **more)
        self.clients.append(made)
        return made

    def leave(self) -> None:
        """Let go of the connections: the client keeps them and has no way to close them."""
        for each in self.clients:
            each._http.close()

    def somebody(self) -> Somebody:
        """Make a person."""
        born = self.hands.person()
        return Somebody(born["person_id"], openid(self.appid, born["unionid"]), born["unionid"])

    def fan(self) -> Somebody:
        """Make a person who follows."""
        person = self.somebody()
        self.do("follow", person)
        return person

    def do(self, deed: str, person: Somebody, **asked: object) -> Any:
        """Let a person do something with the account."""
        return self.hands.deed(deed, appid=self.appid, person_id=person.person_id, **asked)

    def chat(self, person: Somebody) -> list[Any]:
        """Give what stands in a person's chat, the oldest first."""
        return self.hands.chat(self.appid, person.person_id)

    def last_word(self, person: Somebody) -> Any:
        """Give the last message in a person's chat."""
        return self.chat(person)[-1]


def numbers(*calls: Any) -> list[int]:
    """Call what is refused, one after another; give WeChat's numbers of the reasons."""
    return [refusal_of(call) for call in calls]
