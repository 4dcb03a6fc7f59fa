"""Photographs of after-sale cases, as buyer and seller send them and are given them."""

from uuid import uuid4

from litestar import Response
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException

from jishi import after_sale
from jishi.after_sale.views import CasePage
from jishi.goods.picture_sizes import UPLOAD_BYTES_MAX
from jishi.kernel import Refused
from jishi.web.asked import Asked, house, number
from jishi.web.decoding import decoded, files_of

PHOTOGRAPHS_BYTES_MAX = 4 * UPLOAD_BYTES_MAX
MINE = {"cache-control": "private, max-age=86400"}


async def keep_photographs(
    asked: Asked, page: CasePage, form: FormMultiDict, sender: str, actor_id: int
) -> Refused | None:
    """Show each photograph of a form in a case, in their order; none is lost by a later one.

    One that is there already is not shown again: the form was sent twice.
    """
    for data in await files_of(form, "photographs"):
        sizes = await decoded(data)
        if isinstance(sizes, Refused):
            return sizes
        answer = await house(asked).market.ask(
            after_sale.ShowPhotograph(
                key=uuid4(), book=page.book, actor_id=actor_id, case_id=page.case_id,
                sender=sender, renditions=sizes,
            )
        )  # fmt: skip
        if isinstance(answer, Refused) and answer.reason != "photograph_known":
            return answer
    return None


def is_small(asked: Asked) -> bool:
    """Tell whether a list asks, and not a page."""
    return number(asked.query_params.get("small", ""), 0) == 1


def given(found: after_sale.views.PhotographFile | None) -> Response[bytes]:
    """Give a photograph's bytes, to this browser alone."""
    if found is None:
        raise NotFoundException
    return Response(found.bytes, headers=MINE, media_type="image/webp")
