"""The words of letters: the shop's own, what staff changed, and the check of such changes."""
