"""Asking those who got their goods what they say of them: one letter an order, and its stop."""
