"""What may not be said of goods: a maintained word list with reasons, and its reader."""

from catalogue.claims.finding import Finding, find_claims
from catalogue.claims.sentences import findings

__all__ = ["Finding", "find_claims", "findings"]
