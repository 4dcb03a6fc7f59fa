"""Pictures by their digest: what is there never changes, so browsers and we may keep it."""

from collections import OrderedDict

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.goods import views
from jishi.goods.picture_sizes import WIDTHS
from jishi.web.asked import Asked, house
from jishi.web.files import FOR_EVER
from jishi.web.policy import PUBLIC

KEPT_BYTES_MAX = 32 * 1024 * 1024
DIGEST_CHARACTERS = 64


class Kept:
    """The pictures asked for last, up to so many bytes."""

    def __init__(self, bytes_max: int = KEPT_BYTES_MAX) -> None:
        self.pictures: OrderedDict[str, views.PictureFile] = OrderedDict()
        self.size, self.bytes_max = 0, bytes_max

    def find(self, digest: str) -> views.PictureFile | None:
        """Give a picture that we have."""
        found = self.pictures.get(digest)
        if found is not None:
            self.pictures.move_to_end(digest)
        return found

    def keep(self, digest: str, picture: views.PictureFile) -> None:
        """Keep a picture; those not asked for the longest go."""
        if digest in self.pictures:
            return
        self.pictures[digest] = picture
        self.size += len(picture.bytes)
        while self.size > self.bytes_max:
            _, gone = self.pictures.popitem(last=False)
            self.size -= len(gone.bytes)


KEPT = Kept()


@get("/pictures/{digest:str}/{width:int}", opt=PUBLIC)
async def rendition(request: Asked, digest: FromPath[str], width: FromPath[int]) -> Response[bytes]:
    """Give a picture in one of the widths that pages ask for."""
    if len(digest) != DIGEST_CHARACTERS or width not in WIDTHS:
        raise NotFoundException
    return await give(request, f"{digest}/{width}", digest, width)


@get("/pictures/{digest:str}", opt=PUBLIC)
async def picture(request: Asked, digest: FromPath[str]) -> Response[bytes]:
    """Give a picture."""
    if len(digest) != DIGEST_CHARACTERS:
        raise NotFoundException
    return await give(request, digest, digest, WIDTHS[-1])


async def give(asked: Asked, name: str, digest: str, width: int) -> Response[bytes]:
    """Give a picture, kept by us under a name."""
    found = KEPT.find(name)
    if found is None:
        found = await house(asked).market.look(views.rendition, digest=digest, width=width)
        if found is None:
            raise NotFoundException
        KEPT.keep(name, found)
    return Response(found.bytes, headers={"cache-control": FOR_EVER}, media_type=found.media_type)
