"""Discovery: finding goods by what people type, in Chinese, English and pinyin."""

from jishi.discovery import reactions, views
from jishi.discovery.index_goods import GoodsIndexed, IndexGoods
from jishi.discovery.note_empty_search import EmptySearchNoted, NoteEmptySearch
from jishi.discovery.rules import Wanted, is_worth_noting, wanted

__all__ = [
    "EmptySearchNoted",
    "GoodsIndexed",
    "IndexGoods",
    "NoteEmptySearch",
    "Wanted",
    "is_worth_noting",
    "reactions",
    "views",
    "wanted",
]
