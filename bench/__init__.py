"""Measures Jieli against what PostgreSQL itself can do with the same rows, in the same run on the same machine.

Each bench builds its own company in an embedded server of its own and tells a ratio, not only a time. It belongs to
the repository, not to the installed program, which never imports it but for the command `jieli bench`.
"""
