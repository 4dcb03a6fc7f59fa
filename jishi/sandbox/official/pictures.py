"""Pictures that WeChat serves: codes, media, faces."""

from hashlib import sha256
from html import escape

from litestar import Response, get
from litestar.params import FromPath

from jishi.sandbox.articles.media_store import medium
from jishi.sandbox.cast import person_of
from jishi.sandbox.official.html import Asked, message, world_of
from jishi.sandbox.official.qr import code_by_ticket, picture

HUES = 360
Picture = Response[bytes] | Response[str]


@get("/cgi-bin/showqrcode")
async def show_code(request: Asked) -> Picture:
    """Draw the code of a ticket."""
    async with world_of(request).transaction() as tx:
        code = await code_by_ticket(tx, ticket=str(request.query_params.get("ticket", "")))
    if code is None:
        return message("ticket 无效", status=404)
    return Response(picture(code.url), media_type="image/png")


@get("/mmbiz/{media_id:str}")
async def show_medium(request: Asked, media_id: FromPath[str]) -> Picture:
    """Show a medium to anybody who has its address, as `mmbiz.qpic.cn` does."""
    async with world_of(request).transaction() as tx:
        found = await medium(tx, media_id)
    if found is None:
        return message("图片不存在或已过期", status=404)
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return Response(found.bytes, media_type=found.media_type, headers=headers)


@get("/mmhead/{person_id:int}")
async def show_face(request: Asked, person_id: FromPath[int]) -> Picture:
    """Draw a person's face: the sign on a colour of the person's own."""
    async with world_of(request).transaction() as tx:
        person = await person_of(tx, person_id)
    if person is None:
        return message("头像不存在", status=404)
    hue = int.from_bytes(sha256(person.unionid.encode()).digest()[:2], "big") % HUES
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 132">'
        f'<rect width="132" height="132" fill="hsl({hue} 55% 82%)"/>'
        '<text x="66" y="88" font-size="64" text-anchor="middle">'
        f"{escape(person.avatar)}</text></svg>"
    )
    return Response(drawn, media_type="image/svg+xml")
