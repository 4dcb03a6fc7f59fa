"""The manual names every operation and fault; every fault on the menu strikes somewhere."""

import re
from pathlib import Path

import jishi.sandbox.app
from jishi.sandbox.doors import CONTROL, OFFICIAL, PAY
from jishi.sandbox.faults import NAMES

ROOT = Path(__file__).parent.parent.parent
MANUAL = (ROOT / "docs" / "wechat-sandbox.md").read_text("utf-8")


def test_the_manual_names_every_operation() -> None:
    assert callable(jishi.sandbox.app.create)
    named = set(re.findall(r"`(/[^`]+)`", MANUAL))
    missing = {each.path for each in [*PAY, *OFFICIAL, *CONTROL]} - named
    assert missing == set()


def test_the_manual_and_the_menu_have_the_same_faults() -> None:
    table = MANUAL.partition("| kind | what happens |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE)) == NAMES


def test_every_fault_on_the_menu_strikes_somewhere() -> None:
    code = "\n".join(
        file.read_text("utf-8")
        for file in (ROOT / "jishi" / "sandbox").rglob("*.py")
        if file.name != "faults.py"
    )
    struck = set(re.findall(r'\.hit\(\s*"([a-z_]+)"', code))
    assert NAMES - struck == set()
