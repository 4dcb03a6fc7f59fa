"""A picture that a member adds to a product: read, written anew in its sizes, shown last."""

from uuid import uuid4

import msgspec
from litestar import Response, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from jishi import goods
from jishi.goods.import_plan import file_of
from jishi.goods.picture_sizes import UPLOAD_BYTES_MAX
from jishi.kernel import Answer, Refused
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.frame import done
from jishi.web.console.goods.edit import find, request_of, show_form
from jishi.web.console.goods.form import product_of
from jishi.web.console.goods.values import values_of
from jishi.web.decoding import decoded, files_of
from jishi.web.member import staff_of
from jishi.web.policy import staff


@post(
    "/console/goods/{product_id:int}/pictures", opt={**staff("goods"), "form": "files"},
    status_code=303, request_max_body_size=UPLOAD_BYTES_MAX + 64 * 1024,
)  # fmt: skip
async def add_picture(request: Asked, product_id: FromPath[int]) -> Response[bytes]:
    """Show one more picture of a product."""
    known = await find(request, product_id)
    kept = await keep(request, await files_of(await request.form(), "picture"))
    if not isinstance(kept, goods.PictureUploaded):
        return await show_form(request, known, None, refusal_of(kept))
    product, _ = product_of(FormMultiDict(list(values_of(known).items())), known)
    alt = product.title
    images = (*product.images, goods.ListedImage(file_of(kept.digest), alt, product.title_en))
    product = msgspec.structs.replace(product, images=images)
    member = staff_of(request)
    asked = request_of(member.book, member.staff_id, product, known.product_id, known.revision)
    answer = await house(request).market.ask(asked, wait=1)
    if isinstance(answer, Refused):
        return await show_form(request, known, None, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/goods/{product_id}", _("图片已添加。"))


async def keep(request: Asked, files: list[bytes]) -> Answer:
    """Write a picture anew, and keep it."""
    sizes = await decoded(files[0] if files else b"")
    if isinstance(sizes, Refused):
        return sizes
    member = staff_of(request)
    return await house(request).market.ask(
        goods.UploadPicture(
            key=uuid4(), book=member.book, actor_id=member.staff_id, name="",
            renditions=sizes,
        )
    )  # fmt: skip


def refusal_of(answer: Answer) -> Refused | None:
    """Give the refusal that an answer is."""
    return answer if isinstance(answer, Refused) else None
