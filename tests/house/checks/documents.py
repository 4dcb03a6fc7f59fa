"""What the documents name exists: links, paths, commands, and the lock file in step."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("bench", "docs", "jishi", "tests", ".ci")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")
PATH = re.compile(rf"`((?:{'|'.join(map(re.escape, FOLDERS))})/[^`\s*<>{{}}…]*)`")


def documents(root: Path) -> list[Path]:
    """Give every document for readers."""
    return sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")])


def dead_links(root: Path) -> Iterator[str]:
    """Every relative link leads somewhere."""
    for document in documents(root):
        name = document.relative_to(root).as_posix()
        for target, _ in LINK.findall(document.read_text("utf-8")):
            if "://" not in target and not (document.parent / target).exists():
                yield f"{name}: the link to {target} leads nowhere"


def dead_paths(root: Path) -> Iterator[str]:
    """Every path between backticks exists, unless its line says "not yet"."""
    for document in documents(root):
        name = document.relative_to(root).as_posix()
        for number, line in enumerate(document.read_text("utf-8").splitlines(), start=1):
            for path in PATH.findall(line):
                if "not yet" not in line.lower() and not (root / path).exists():
                    yield f"{name}:{number}: {path} does not exist"


def dead_commands(root: Path) -> Iterator[str]:
    """Every `make word` is a target."""
    makefile = (root / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for document in documents(root):
        name = document.relative_to(root).as_posix()
        text = document.read_text("utf-8")
        for words in re.findall(r"(?:^|`)\s*make ((?:[a-z]+ ?)+)", text, re.MULTILINE):
            for word in words.split():
                if word not in targets:
                    yield f"{name}: `make {word}` is no target"


def dead_subcommands(root: Path) -> Iterator[str]:
    """Every `jishi word` is a command."""
    names = re.findall(r'"([a-z-]+)"', (root / "jishi" / "cli" / "__init__.py").read_text("utf-8"))
    for document in documents(root):
        name = document.relative_to(root).as_posix()
        text = document.read_text("utf-8")
        for word in re.findall(r"(?:^|`)jishi ([a-z-]+)", text, re.MULTILINE):
            if word not in names:
                yield f"{name}: `jishi {word}` is no command"


def undescribed_targets(root: Path) -> Iterator[str]:
    """Every target says what it does, so that `make` alone can list it."""
    for line in (root / "Makefile").read_text("utf-8").splitlines():
        if re.match(r"^[a-z]+:", line) and " ## " not in line:
            yield f"Makefile: {line.partition(':')[0]} does not say what it does"


def lock_out_of_step(root: Path) -> Iterator[str]:
    """The lock file is what pyproject.toml asks for."""
    uv = Path(sys.executable).with_name("uv")
    answer = subprocess.run(
        [uv, "lock", "--check", "--offline"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        yield f"uv.lock: {answer.stderr.strip()}"


CHECKS = (
    dead_links,
    dead_paths,
    dead_commands,
    dead_subcommands,
    undescribed_targets,
    lock_out_of_step,
)
