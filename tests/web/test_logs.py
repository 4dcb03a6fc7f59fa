"""Logs: a line a request, by its route; nothing of any person, not even in an exception."""

import json
import subprocess
import sys

SCRIPT = """
from jishi.web.logs import log, open_logs
open_logs()
log.info("request", route="/orders", status=200)
try:
    raise ValueError("13900000001")
except ValueError:
    log.error("request failed", exc_info=True)
log.debug("never said")
"""


def test_a_log_is_json_without_the_words_of_an_exception() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env={}
    )
    first, second = map(json.loads, answer.stderr.splitlines())
    assert (first["event"], first["route"], first["status"]) == ("request", "/orders", 200)
    assert (second["trouble"], second["where"]) == ("ValueError", ["<string>:6"])
    assert "13900000001" not in answer.stderr
