"""docs/events.md says what the vocabulary says, and who writes what."""

from collections import defaultdict
from collections.abc import Iterable

from jishi.evidence import acts
from jishi.gauges.vocabulary import (
    EXPERIMENTS,
    PROMPTED,
    TABLES,
    TYPES,
    UNPROMPTED,
    VERSION,
    Column,
)
from tests.house.checks.tree import ROOT


def written() -> str:
    """Write the vocabulary, as the document has it."""
    parts = [f"Version {VERSION}.", ""]
    for name, columns in TABLES.items():
        parts += [f"### {name}", "", *of_columns(columns), ""]
    parts += ["### Types of events", "", *of_types(), "", "### Entries", ""]
    parts += [f"Unprompted: {named(UNPROMPTED)}.", f"Prompted: {named(PROMPTED)}.", ""]
    parts += ["### Experiments", "", *of_experiments()]
    return "\n".join(parts)


def of_columns(columns: Iterable[Column]) -> list[str]:
    rows = [f"| {each.name} | {each.kind} | {each.holds} |" for each in columns]
    return ["| column | kind | holds |", "|---|---|---|", *rows]


def of_types() -> list[str]:
    writers = writers_of()
    rows = [
        f"| {each.type} | {each.object} | {each.happened} | {each.also} "
        f"| {writers.get(each.type, 'not yet')} |"
        for each in TYPES
    ]
    return [
        "| type | of | what happened | besides | who writes it |",
        "|---|---|---|---|---|",
        *rows,
    ]


def writers_of() -> dict[str, str]:
    """Give who writes each type: the events of acts by their names, or a page."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (*acts.LINES, *acts.OF_PEOPLE):
        found[line.type].append(line.event.__name__)
    for kind, events in acts.READ_BESIDE.items():
        found[kind] += [each.__name__ for each in events]
    told = {kind: f"act: {', '.join(names)}" for kind, names in found.items()}
    pages = dict.fromkeys(acts.FROM_PAGES, "page") | {"page.perf": "beacon"}
    assert not told.keys() & pages.keys()
    return told | pages


def of_experiments() -> list[str]:
    rows = [
        f"| {each.name} | {each.unit} | {named(each.arms)} | {named(each.moments)} | {each.asks} |"
        for each in EXPERIMENTS
    ]
    head = ["| experiment | unit | arms | moments | asks |", "|---|---|---|---|---|"]
    return [*head, *rows]


def named(words: Iterable[str]) -> str:
    return ", ".join(words)


def test_the_document_says_what_the_vocabulary_says() -> None:
    assert written() in (ROOT / "docs" / "events.md").read_text("utf-8")


def test_whoever_writes_something_writes_what_the_vocabulary_has() -> None:
    assert writers_of().keys() <= {each.type for each in TYPES}
