"""Imported first by scripts that run inside the shop: sets Django up, quietly."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()
