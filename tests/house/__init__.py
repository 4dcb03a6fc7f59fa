"""The house style as tests: each check can fail, and is shown to."""
