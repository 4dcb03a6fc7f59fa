"""Every check of the house can fail: each is shown a house in which one thing is wrong."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.checks import documents, floors, glossary, money, state, tidy
from tests.house.checks.tree import ROOT


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Lend a copy of what the checks read, to spoil."""
    for name in ("jishi", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "uv.lock", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    """Write a file into a house, or add to one that is there."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as written:
        written.write(text)


def caught(faults: Iterable[str], *parts: str) -> bool:
    """Tell whether one of the faults has all these parts."""
    found = list(faults)
    return any(all(part in fault for part in parts) for fault in found)


def test_it_catches_an_import_that_goes_up(house: Path) -> None:
    put(house, "jishi/ledger/move.py", "\nfrom jishi import trade\n")
    assert caught(floors.imports(house), "jishi.ledger.move -> jishi.trade")


def test_it_catches_a_domain_without_a_floor(house: Path) -> None:
    put(house, "jishi/gossip/__init__.py", '"""Gossip."""\n')
    assert caught(floors.imports(house), "gossip")


@pytest.mark.parametrize("module", ["asyncpg", "asyncio", "litestar", "jishi.kernel"])
def test_it_catches_a_rule_that_is_not_pure(house: Path, module: str) -> None:
    put(house, "jishi/trade/rules.py", f"\nimport {module}\n")
    assert caught(floors.imports(house), f"jishi.trade.rules -> {module}")


def test_it_catches_http_below_the_web(house: Path) -> None:
    put(house, "jishi/goods/views.py", "\nimport litestar\n")
    assert caught(floors.imports(house), "jishi.goods.views -> litestar")


def test_it_catches_the_driver_above_the_kernel(house: Path) -> None:
    put(house, "jishi/trade/views.py", "\nimport asyncpg\n")
    assert caught(floors.imports(house), "jishi.trade.views -> asyncpg")


REACHES = (
    ("update ledger.accounts set balance = 9 where book = :book", "writes ledger.accounts"),
    ("with gone as (delete from kernel.keys) select 1", "writes kernel.keys"),
    ("truncate ledger.transfers", "writes ledger.transfers"),
    ("select 1 from trade.orders where book = :book", "reaches trade.orders"),
    ("select trade.orders_due(1)", "reaches trade.orders_due"),
    ("select 1 from gossip.rumours", "reaches gossip.rumours"),
    ("select 1 from products", "products is named without its schema"),
)


def test_it_catches_sql_that_reaches_too_far(house: Path) -> None:
    for number, (statement, _) in enumerate(REACHES):
        put(house, f"jishi/goods/steal_{number}.sql", f"-- steal\n-- Take it.\n{statement};\n")
    found = list(floors.sql_reach(house))
    for number, (_, fault) in enumerate(REACHES):
        assert caught(found, f"jishi/goods/steal_{number}.sql", fault)


def test_it_lets_a_domain_enter_its_promises_but_nothing_else(house: Path) -> None:
    promise = "insert into kernel.promises (promise, sentence, examined) values ('a', 'b', 'c');"
    book = "insert into kernel.books (book, kind) values (9, 'shop');"
    before = set(floors.sql_reach(house))
    put(house, "jishi/trade/tables.sql", promise + book)
    fault = "jishi/trade/tables.sql: writes kernel.books, which is not trade's"
    assert set(floors.sql_reach(house)) - before == {fault}


OUTLIVING = (
    ("set search_path = trade", "set search_path"),
    ("listen orders", "listen"),
    ("select pg_advisory_lock(1)", "pg_advisory_lock()"),
    ("select set_config('jishi.book', '1', false)", "set_config()"),
    ("create temp table t (a int)", "temporary table t"),
)


def test_it_catches_what_outlives_its_transaction(house: Path) -> None:
    for number, (statement, _) in enumerate(OUTLIVING):
        put(house, f"jishi/trade/mood_{number}.sql", f"-- mood\n{statement};\n")
        put(house, f"jishi/trade/mood_{number}.py", f'"""Mood."""\nMOOD = "{statement}"\n')
    found = list(state.session_state(house))
    for number, (_, fault) in enumerate(OUTLIVING):
        assert caught(found, f"mood_{number}.sql", fault)
        assert caught(found, f"mood_{number}.py:2", fault)


def test_it_lets_a_transaction_have_its_own_settings() -> None:
    assert not list(
        state.remembered("begin; set local jishi.book = '1'; select pg_advisory_xact_lock(1)")
    )


FLOATS = (
    ("total_fen = 1.5", "the float 1.5"),
    ("total_fen = float(price)", "float()"),
    ("half = price_fen / 2", "a true division"),
    ("line.price_fen /= 2", "a true division"),
    ("yuan = round(pay(total_fen=3))", "round()"),
)


def test_it_catches_a_float_near_money(house: Path) -> None:
    for number, (line, _) in enumerate(FLOATS):
        put(house, f"jishi/trade/till_roll_{number}.py", f'"""A till roll."""\n\n{line}\n')
    found = list(money.floats_in_python(house))
    for number, (_, fault) in enumerate(FLOATS):
        assert caught(found, f"jishi/trade/till_roll_{number}.py:3", fault)


def test_it_catches_an_inexact_column(house: Path) -> None:
    put(house, "jishi/trade/tables.sql", "create table trade.tips (book bigint, tip_fen numeric);")
    put(house, "jishi/ledger/tables.sql", "create table ledger.dust (book bigint, amount real);")
    found = list(money.inexact_columns(house))
    assert caught(found, "trade.tips.tip_fen is numeric")
    assert caught(found, "ledger.dust.amount is float4")


ACT = '"""Wave."""\n\nwave = Act(Wave, Waved, gather, decide, record)\n'


@pytest.mark.parametrize(
    ("check", "name", "text", "fault"),
    [
        (tidy.sizes, "jishi/trade/long.py", '"""Long."""\n' + "\n" * 300, "301 lines"),
        (tidy.sizes, "jishi/trade/wide.sql", "-- " + "集" * 49, "101 columns"),
        (tidy.sizes, "jishi/trade/deep.py", "def f():\n" + "    x = 1\n" * 50, "f has 51 lines"),
        (tidy.openings, "jishi/trade/mute.py", "x = 1\n", "opens without a sentence"),
        (tidy.openings, "jishi/trade/mute.py", '"""Mute"""\n', "opens without a sentence"),
        (tidy.openings, "jishi/trade/mute.sql", "select 1;\n", "opens without a comment"),
        (tidy.names, "jishi/trade/service.py", '"""S."""\n', "'service' can hold anything"),
        (tidy.names, "jishi/utils/money.py", '"""M."""\n', "'utils' can hold anything"),
        (tidy.names, "jishi/trade/a.py", "class OrderManager: ...\n", "OrderManager"),
        (tidy.names, "tests/test_a.py", "def test_order(): ...\n", "is not a sentence"),
        (tidy.leftovers, "jishi/trade/a.py", "# TO" + "DO: later\n", "does not reach main"),
        (tidy.leftovers, "jishi/trade/a.sql", "-- select 1 from x;\n", "commented-out SQL"),
        (tidy.leftovers, "jishi/trade/a.py", "print(1)\n", "only the command line prints"),
        (tidy.silences, "jishi/trade/a.py", "x = 1  # no" + "qa: F821\n", "without its reason"),
        (
            tidy.silences,
            "jishi/trade/a.py",
            "x = 1  # type: " + "ignore[x]  # no\n",
            "without its reason",
        ),
        (tidy.untested_acts, "jishi/trade/wave.py", ACT, "no tests/trade/test_wave.py"),
    ],
)
def test_it_catches_what_is_untidy(
    tmp_path: Path, check: tidy.Check, name: str, text: str, fault: str
) -> None:
    put(tmp_path, name, text)
    assert caught(check(tmp_path), name, fault)


@pytest.mark.parametrize(
    "line", ["x = 1  # no" + "qa: S608 - names come from migrations", "x = 1  # no" + "te: y"]
)
def test_it_lets_a_silence_say_why(tmp_path: Path, line: str) -> None:
    put(tmp_path, "jishi/trade/a.py", line + "\n")
    assert not list(tidy.silences(tmp_path))


def test_it_catches_a_word_that_nobody_explains(house: Path) -> None:
    put(house, "jishi/trade/tables.sql", "create table trade.whims (book bigint);")
    put(house, "jishi/trade/wave.py", ACT + 'refused = Refused("too_shy")\n')
    found = list(glossary.unexplained(house))
    for word in ("trade.whims", "trade/wave", "Wave", "Waved", "too_shy"):
        assert caught(found, f"has no `{word}`")


def test_it_catches_a_word_that_is_gone(house: Path) -> None:
    (house / "jishi" / "trade" / "place_order.py").unlink()
    assert caught(glossary.stale(house), "`OrderPlaced` is not in the house")


@pytest.mark.parametrize(
    ("check", "text", "fault"),
    [
        (documents.dead_links, "[here](docs/nowhere.md)", "docs/nowhere.md leads nowhere"),
        (documents.dead_paths, "`jishi/nowhere/`", "jishi/nowhere/ does not exist"),
        (documents.dead_commands, "\nmake coffee\n", "`make coffee` is no target"),
        (documents.dead_commands, "`make lint tea`", "`make tea` is no target"),
        (documents.dead_subcommands, "`jishi brew --hot`", "`jishi brew` is no command"),
    ],
)
def test_it_catches_a_document_that_is_not_true(
    house: Path, check: tidy.Check, text: str, fault: str
) -> None:
    put(house, "README.md", text)
    assert caught(check(house), "README.md", fault)


def test_it_catches_a_target_that_does_not_say_what_it_does(house: Path) -> None:
    put(house, "Makefile", "\ncoffee:\n\t@true\n")
    assert caught(documents.undescribed_targets(house), "coffee")


def test_it_catches_a_lock_file_out_of_step(house: Path) -> None:
    text = (house / "pyproject.toml").read_text("utf-8")
    (house / "pyproject.toml").write_text(text.replace('"asyncpg>=', '"asyncpg>9,>='), "utf-8")
    assert caught(documents.lock_out_of_step(house), "uv.lock")
