"""What every telling of a run needs: the hour, the luck of a moment, the visit it belongs to."""

import numpy as np
from msgspec import Struct
from scipy.special import ndtri

from jishi.town.diary import Notes, merged
from jishi.town.draws import Floats, Integers, Purpose, rare
from jishi.town.people import NEVER, Town
from jishi.town.sheaf import Sheaf
from jishi.town.simulation import Run
from jishi.town.traits import Traits

SHOP = 1
MORNING, WAKING = 8 * 3_600, 14 * 3_600
SPREAD, P95 = 0.5, 1.6449
"""Pages differ in speed as logarithms do; the 95th of a hundred is so many spreads out."""
SEARCHING = 0.1


class Telling(Struct, frozen=True, eq=False):
    """A run, and the sheaf its events go into."""

    run: Run
    sheaf: Sheaf

    @property
    def town(self) -> Town:
        return self.run.town

    @property
    def traits(self) -> Traits:
        return self.run.town.traits

    def notes(self, kind: str) -> Notes:
        return merged(self.run.diaries, kind)

    def lots(self, notes: Notes, purpose: Purpose) -> Floats:
        """Give a number for each note; the same person has another every day."""
        return rare(self.town.seed, 0, notes.person * NEVER + notes.day, purpose)

    def hour(self, notes: Notes) -> Integers:
        """Give the second of the day, between eight and ten at night."""
        return MORNING + (self.lots(notes, Purpose.HOUR) * WAKING).astype(np.int64)

    def put(self, notes: Notes, second: Integers, kind: str, **columns: object) -> None:
        """Lay in an event a note."""
        who = self.town.ids[notes.person]
        visit = notes.person * NEVER + notes.day
        self.sheaf.put(
            notes.day, second, type=kind, shop_id=SHOP, person_id=who, session_id=visit, **columns
        )

    def visit(self, notes: Notes, second: Integers) -> None:
        """Tell what every visit leaves: how fast its page came, and now and then a search."""
        if self.sheaf.wants("page.perf"):
            wide = ndtri(np.maximum(self.lots(notes, Purpose.PAGE), 1e-12)) - P95
            took = self.traits.page_p95 * np.exp(SPREAD * wide)
            self.put(notes, second, "page.perf", object_type="page", value=took)
        if self.sheaf.wants("search.query"):
            searching = chosen(notes, self.lots(notes, Purpose.SEARCH) < SEARCHING)
            lot = self.lots(searching, Purpose.EMPTY)
            found = np.where(lot < self.traits.empty_searches, 0, 1 + (lot * 20).astype(np.int64))
            self.put(
                searching, second[self.lots(notes, Purpose.SEARCH) < SEARCHING] + 5,
                "search.query", object_type="search", quantity=found,
            )  # fmt: skip


def chosen(notes: Notes, which: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Notes:
    """Keep some of the notes."""
    return Notes(
        notes.day[which],
        notes.person[which],
        {name: column[which] for name, column in notes.more.items()},
    )
