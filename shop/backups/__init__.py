"""Backups of the whole shop, database and files in one archive, and the way back.

`manage.py backup` and `manage.py restore` are the doors; the worker makes one a day where
`BACKUP_AT` says so.
"""
