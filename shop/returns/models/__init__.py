"""Reports of goods that were not right, what became of them, and the rules they go by."""

from shop.returns.models.request import ReturnLine, ReturnPhoto, ReturnRequest
from shop.returns.models.rule import Kind, ReturnRule

__all__ = ["Kind", "ReturnLine", "ReturnPhoto", "ReturnRequest", "ReturnRule"]
