"""Gift boxes: what is in one, what that makes of its price, stock and rules, filling one's own."""
