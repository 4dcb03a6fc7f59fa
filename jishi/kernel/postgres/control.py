"""How a cluster was left: PostgreSQL's own word in its control file."""

from pathlib import Path

from jishi.kernel.postgres.account import Account
from jishi.kernel.postgres.processes import run_as

STATE = "Database cluster state:"


def was_stopped_cleanly(data: Path, binaries: Path, user: Account) -> bool:
    """Tell whether the last server on this folder shut down in order."""
    _, words = run_as(user, [binaries / "pg_controldata", "-D", data])
    states = [line.removeprefix(STATE) for line in words.splitlines() if line.startswith(STATE)]
    return [state.strip() for state in states] == ["shut down"]
