"""The house rules that neither ruff nor mypy can hold: directions, places and sizes, read from the syntax
tree. Each module has a few rules; `house_rules.py` beside this package runs them over the committed files."""
