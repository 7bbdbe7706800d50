"""The relay: stages and gates, hand-offs, who holds the baton since when and until when.

The ledger (`span`, `handoff`) is written by steps of the write path, so that no caller can forget it. What a
stage asks for is configuration of the blueprint; what happened is only ever appended.
"""
