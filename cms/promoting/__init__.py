"""Promoters' office in Wagtail's admin: campaigns, codes, papers to print, numbers."""
