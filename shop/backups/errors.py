class BackupError(Exception):
    """A backup or a restore that cannot go on; its words are for whoever runs the shop."""
