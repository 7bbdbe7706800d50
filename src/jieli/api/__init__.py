"""Jieli over HTTP: reads requests into typed values, calls one function of the packages below, renders the answer.

It opens the transactions and commits them. It knows no rule of the business; what is allowed, and what follows from
a change, is decided below.
"""
