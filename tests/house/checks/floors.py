"""Imports and SQL only go down the floors; a domain writes nobody's tables but its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pglast import ast

from tests.house.checks.statements import full_name, function_name, nodes, parsed
from tests.house.checks.tree import files, floors

# What a domain's tables.sql may write below itself: it enters its promises and kinds there.
REGISTERS = {"kernel.promises", "ledger.kinds"}
SYSTEM = {"pg_catalog", "information_schema"}
WRITES = (ast.InsertStmt, ast.UpdateStmt, ast.DeleteStmt, ast.MergeStmt, ast.CopyStmt)
MAKES = (ast.CreateStmt, ast.AlterTableStmt)


def sql_reach(root: Path) -> Iterator[str]:
    """Every statement writes its own schema, and reads its own or a lower floor's."""
    height = floors(root)
    for file in files(root, ".sql", within=("jishi",)):
        name, domain = file.relative_to(root).as_posix(), file.relative_to(root / "jishi").parts[0]
        tree = list(nodes(parsed(file.read_text("utf-8"))))
        allowed = REGISTERS if file.name == "tables.sql" else set()
        for table in sorted(written(tree) - allowed):
            if table.partition(".")[0] != domain:
                yield f"{name}: writes {table}, which is not {domain}'s"
        for table in sorted(touched(tree)):
            schema = table.partition(".")[0]
            if schema == domain or schema in SYSTEM:
                continue
            if height.get(schema, 99) >= height[domain]:
                yield f"{name}: reaches {table}, which does not stand below {domain}"
        yield from (f"{name}: {table} is named without its schema" for table in sorted(bare(tree)))


def written(tree: list[ast.Node]) -> set[str]:
    """Give the tables that are written, made or changed."""
    found = {full_name(node.relation) for node in tree if isinstance(node, (*WRITES, *MAKES))}
    emptied = [node.relations or () for node in tree if isinstance(node, ast.TruncateStmt)]
    return found | {full_name(table) for tables in emptied for table in tables}


def touched(tree: list[ast.Node]) -> set[str]:
    """Give what is named with its schema: tables and functions."""
    tables = {
        full_name(node) for node in tree if isinstance(node, ast.RangeVar) and node.schemaname
    }
    calls = {function_name(node) for node in tree if isinstance(node, ast.FuncCall)}
    return tables | {call for call in calls if "." in call}


def bare(tree: list[ast.Node]) -> set[str]:
    """Give the tables that are named without a schema and are nobody's alias."""
    known = {node.ctename for node in tree if isinstance(node, ast.CommonTableExpr)}
    known |= {node.aliasname for node in tree if isinstance(node, ast.Alias)}
    names = {
        node.relname for node in tree if isinstance(node, ast.RangeVar) and not node.schemaname
    }
    return {str(name) for name in names - known if not str(name).startswith("pg_")}


def imports(root: Path) -> Iterator[str]:
    """Ask import-linter for the contracts that are broken: floors, pure rules, who knows HTTP."""
    answer = subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--no-cache",
            "--config",
            "pyproject.toml",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        told = answer.stdout.partition("Broken contracts")[2] or answer.stdout + answer.stderr
        yield " ".join(line.strip() for line in told.splitlines() if line.isascii())
