"""Gift boxes in Wagtail's admin: promoters propose them, moderators put them on sale."""
