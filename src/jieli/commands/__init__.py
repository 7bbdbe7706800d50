"""What `jieli` can be told on the command line, one module for each family of commands.

Like `cli.py` they belong to the root of the program: they put the packages together and know no rule of their own.
"""
