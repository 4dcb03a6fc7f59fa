"""Which plain columns of a query may be null, as its joins and the tables' constraints say."""

from collections.abc import Iterator

from pglast import ast
from pglast.enums import JoinType

from tests.house.checks.empty import Connection
from tests.house.checks.statements import nodes, parsed

NOT_NULL = """
select attname, attnotnull
  from pg_attribute
  join pg_class as class on class.oid = attrelid and class.relkind in ('r', 'p')
 where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
"""


async def nullness(connection: Connection, text: str) -> dict[str, bool]:
    """Tell for each column whether it may be null; what is computed is left out."""
    statement = parsed(text)[-1]
    if not isinstance(statement, ast.SelectStmt) or statement.larg:
        return {}
    known: dict[tuple[str, str], bool] = {}
    own = {each.ctename for each in nodes(statement) if isinstance(each, ast.CommonTableExpr)}
    for alias, table, is_outer in sources(statement.fromClause or (), is_outer=False):
        if table.schemaname and table.relname not in own:
            rows = await connection.fetch(NOT_NULL, f"{table.schemaname}.{table.relname}")
            for column, is_not_null in rows:
                known[alias, column] = is_outer or not is_not_null
    found = {}
    for target in statement.targetList or ():
        path = plain_column(target)
        if path in known:
            found[str(target.name or path[1])] = known[path]
    return found


def sources(items: object, *, is_outer: bool) -> Iterator[tuple[str, ast.RangeVar, bool]]:
    """Give the tables a query reads: alias, table, and whether a join may leave its row out."""
    if isinstance(items, tuple | list):
        for each in items:
            yield from sources(each, is_outer=is_outer)
    elif isinstance(items, ast.RangeVar):
        yield str(items.alias.aliasname if items.alias else items.relname), items, is_outer
    elif isinstance(items, ast.JoinExpr):
        kind = items.jointype
        left, right = JoinType.JOIN_RIGHT, JoinType.JOIN_LEFT
        yield from sources(items.larg, is_outer=is_outer or kind in {left, JoinType.JOIN_FULL})
        yield from sources(items.rarg, is_outer=is_outer or kind in {right, JoinType.JOIN_FULL})


def plain_column(target: ast.ResTarget) -> tuple[str, str]:
    """Give alias and column of a target that is `alias.column` and nothing more."""
    if isinstance(target.val, ast.ColumnRef):
        names = [str(field.sval) for field in target.val.fields or () if hasattr(field, "sval")]
        if len(names) == 2:
            return names[0], names[1]
    return "", ""
