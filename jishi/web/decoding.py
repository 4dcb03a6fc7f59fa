"""Pictures that somebody sends: decoded in a thread, few at once, written anew as pixels alone."""

import asyncio

from litestar.datastructures import FormMultiDict, UploadFile

from jishi import goods
from jishi.kernel import Refused

AT_ONCE_MAX = 2
"""Pictures decoded at once in a process: each may take a second and a hundred megabytes."""
DECODING = asyncio.Semaphore(AT_ONCE_MAX)


async def decoded(data: bytes) -> tuple[str, ...] | Refused:
    """Give a picture in its sizes, as a request carries them."""
    try:
        async with DECODING:
            return goods.as_base64(await asyncio.to_thread(goods.renditions, data))
    except goods.BadPicture as error:
        too_large = str(error) == "picture_too_large"
        return Refused("picture_too_large") if too_large else Refused("picture_unreadable")


async def files_of(form: FormMultiDict, name: str) -> list[bytes]:
    """Give the files of a field; a field left empty has none."""
    sent = [each for each in form.getall(name, []) if isinstance(each, UploadFile)]
    return [data for each in sent if (data := await each.read())]
