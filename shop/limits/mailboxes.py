"""How many letters strangers may have written to one mailbox."""

from shop.limits.counting import Usage, count


def count_letter(email: str, *, what: str) -> Usage:
    """Count one letter of a kind to this mailbox, whoever asks for it and from where."""
    return count("letters-to-mailbox", f"{what}:{email.strip().lower()}")
