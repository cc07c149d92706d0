"""What may not be said of goods: a maintained word list with reasons, and its reader."""

from catalogue.claims.finding import Finding, find_claims

__all__ = ["Finding", "find_claims"]
