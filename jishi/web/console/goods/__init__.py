"""The goods of a shop: lists, the form of a product, its pictures."""

from jishi.web.console.goods.edit import create, edit, fresh, save
from jishi.web.console.goods.files import export_csv, export_xlsx, files, template, upload
from jishi.web.console.goods.lists import goods_list, shelve
from jishi.web.console.goods.pictures import add_picture

GOODS = (
    goods_list, shelve, fresh, create, edit, save, add_picture, files, upload, template, export_csv,
    export_xlsx,
)  # fmt: skip

__all__ = ["GOODS"]
