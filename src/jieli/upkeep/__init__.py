"""Keeping an installation well: backups of everything it holds, bringing them back, and the examination by `doctor`.

It works beside the running server and below its rules: on whole tables and files, never on single records.
"""
