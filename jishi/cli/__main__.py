"""`python -m jishi.cli` is `jishi`."""

from jishi.cli import main

main()
