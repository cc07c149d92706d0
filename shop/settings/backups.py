"""Backups: where they lie, when the worker makes one, how many are kept, for whom encrypted."""

from pathlib import Path

from shop.settings.env import VAR_DIR, env

BACKUP_DIR = Path(env.str("BACKUP_DIR", str(VAR_DIR / "backups")))
#: Hour at which the worker makes one, "02:30" by the shop's clock; empty: something else does.
BACKUP_AT = env.str("BACKUP_AT", "")
#: How many archives are kept; the oldest go once a new one is whole.
BACKUP_KEEP = env.int("BACKUP_KEEP", 14)
#: Key of gpg that archives are encrypted for; empty: they lie in the open.
BACKUP_GPG_RECIPIENT = env.str("BACKUP_GPG_RECIPIENT", "")
