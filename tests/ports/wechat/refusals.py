"""What a test expects when WeChat says no."""

from collections.abc import Awaitable

import pytest

from jishi.ports.wechat.official import ErrcodeAnswered, Meaning


async def refused(errcode: int, meaning: Meaning, call: Awaitable[object]) -> ErrcodeAnswered:
    """See that a call is refused with this code, and that its rid is told."""
    with pytest.raises(ErrcodeAnswered) as caught:
        await call
    assert (caught.value.errcode, caught.value.meaning) == (errcode, meaning), caught.value
    assert caught.value.error.request_id
    return caught.value
