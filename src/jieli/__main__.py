"""`python -m jieli` is the command line."""

from jieli.cli import main

main()
