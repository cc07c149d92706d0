"""Browsing: what the visitor asked for, what the shelf holds, how many there are of each kind."""
