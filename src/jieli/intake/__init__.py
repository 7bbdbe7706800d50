"""How records come in: spreadsheets read and imported, duplicates found, leads scored, assigned and converted.

It takes part in the write path through steps and derivations; it never writes a record by another way.
"""
