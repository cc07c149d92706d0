"""How many letters strangers may have written to one mailbox."""

from shop.limits.counting import Usage, count


def count_letter(email: str, *, what: str) -> Usage:
    """Count one letter of a kind to this mailbox, whoever asks for it and from where."""
    return count("letters-to-mailbox", f"{what}:{_mailbox(email)}")


def _mailbox(email: str) -> str:
    """`hoa@example.vn` for `Hoa+cho@example.vn` too: what follows a plus lies in the same box."""
    name, _at, host = email.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"
