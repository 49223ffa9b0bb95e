"""`python -m api.cli`, for where the entry point is not installed."""

from api.cli import main

main()
