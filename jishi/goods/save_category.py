"""Save a category: new, renamed, or moved below another; up to three levels."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.goods.rules import TEXT_CHARACTERS_MAX
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

LEVELS_MAX = 3
CATEGORIES_MAX = 500


class SaveCategory(Request, frozen=True, kw_only=True):
    """The category is called so and lies below another, or, with 0, below none.

    `category_id` names one that is there; an unknown one is made under it.
    Refused: `title_out_of_bounds`, `category_unknown`, `title_taken`, `parent_unknown`,
    `too_many_categories`, `levels_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"public_id": ""}

    category_id: int
    public_id: str
    title: str
    title_en: str
    parent_id: int


class CategorySaved(Event, frozen=True, kw_only=True):
    """The category is called so and lies there."""

    title: str
    parent_id: int


class Known(msgspec.Struct):
    """A category that is there; what it is changes as a batch decides."""

    category_id: int
    title: str
    parent_id: int


class World(msgspec.Struct):
    """The shop's categories, and how they were called before the batch."""

    categories: dict[int, Known]
    titles: dict[int, str]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[SaveCategory]) -> World:
    """Read the shop's categories."""
    found = await known(tx)
    titles = {each.category_id: each.title for each in found}
    return World({each.category_id: each for each in found}, titles)


def decide(world: World, save: SaveCategory) -> CategorySaved | Refused:  # noqa: PLR0911 - one a reason
    """Accept a title of its own at a place that is there."""
    categories = world.categories
    if not is_title(save.title) or (save.title_en and not is_title(save.title_en)):
        return Refused("title_out_of_bounds", {"characters_max": TEXT_CHARACTERS_MAX})
    others = [each for each in categories.values() if each.category_id != save.category_id]
    if save.category_id <= 0:
        return Refused("category_unknown")
    before = {title for it, title in world.titles.items() if it != save.category_id}
    # Titles that were taken when the batch began stay so: one statement writes it all.
    if save.title in before | {each.title for each in others}:
        return Refused("title_taken")
    if save.parent_id and save.parent_id not in {each.category_id for each in others}:
        return Refused("parent_unknown")
    if len(others) >= CATEGORIES_MAX:
        return Refused("too_many_categories", {"categories_max": CATEGORIES_MAX})
    after = {each.category_id: each.parent_id for each in others} | {
        save.category_id: save.parent_id
    }
    if max(level(after, category_id) for category_id in after) > LEVELS_MAX:
        return Refused("levels_out_of_bounds", {"levels_max": LEVELS_MAX})
    categories[save.category_id] = Known(save.category_id, save.title, save.parent_id)
    return CategorySaved(subject_id=save.category_id, title=save.title, parent_id=save.parent_id)


def is_title(title: str) -> bool:
    """Say whether a category can be called so."""
    return 1 <= len(title.strip()) <= len(title) <= TEXT_CHARACTERS_MAX and "\x00" not in title


def level(parents: dict[int, int], category_id: int) -> int:
    """Give on which level a category lies; one that lies below itself is on no level we count."""
    found = 0
    while category_id and found <= LEVELS_MAX:
        category_id, found = parents.get(category_id, 0), found + 1
    return found


async def record(tx: Tx, happened: Sequence[Happened[SaveCategory, CategorySaved]]) -> None:
    """Write the categories, each as it was asked for last."""
    last = {
        save.category_id: (
            save.category_id, save.public_id, save.title, save.title_en, save.parent_id or None
        )
        for save, _, _ in happened
    }  # fmt: skip
    names = ("category_ids", "public_ids", "titles", "titles_en", "parent_ids")
    await write(tx, **columns(list(last.values()), *names))


save_category = Act(SaveCategory, CategorySaved, gather, decide, record)
