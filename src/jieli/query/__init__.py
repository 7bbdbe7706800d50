"""Conditions, lists, boards, counts, aggregates and search, composed as one SQL statement each.

It turns definitions and trees of data into SQL and runs nothing; who may see which rows is given in as branches
of a union (`Rows`) by the `access` package.
"""
