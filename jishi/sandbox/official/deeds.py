"""What persons do in WeChat, for the phone; each in a transaction of its own.

A deed gives what came of it, or `Undone` with a word for the reason. It changes the chat and has
the event pushed. The same deeds inside a transaction: the modules named below.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from jishi.kernel import Tx
from jishi.sandbox.articles.reading import share_article
from jishi.sandbox.official import following, revoking, subscribing, talking, tapping
from jishi.sandbox.program import login, shipping
from jishi.sandbox.world import World

P = ParamSpec("P")
R = TypeVar("R")


def _in_a_transaction(
    work: Callable[Concatenate[Tx, P], Awaitable[R]],
) -> Callable[Concatenate[World, P], Awaitable[R]]:
    @wraps(work)
    async def done(world: World, /, *asked: P.args, **more: P.kwargs) -> R:
        async with world.transaction() as tx:
            return await work(tx, *asked, **more)

    return done


follow = _in_a_transaction(following.follow)
unfollow = _in_a_transaction(following.unfollow)
scan = _in_a_transaction(following.scan)
tap_menu = _in_a_transaction(tapping.tap_menu)
say = _in_a_transaction(talking.say_words)
send_picture = _in_a_transaction(talking.send_picture)
send_place = _in_a_transaction(talking.send_place)
report_place = _in_a_transaction(talking.report_place)
enter_service = _in_a_transaction(talking.enter_service)
refuse_messages = _in_a_transaction(talking.refuse_messages)
accept_subscription = _in_a_transaction(subscribing.accept_subscription)
withdraw_subscription = _in_a_transaction(subscribing.withdraw_subscription)
revoke_authorization = _in_a_transaction(revoking.revoke)
give_program_code = _in_a_transaction(login.give_code)
program_user_data = _in_a_transaction(login.user_data)
receive_goods = _in_a_transaction(shipping.receive)
share = _in_a_transaction(share_article)
