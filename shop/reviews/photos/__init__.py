"""Photographs that buyers put to their reviews: checked, private until a moderator approves."""
