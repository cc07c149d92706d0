"""Make every size of every product picture that is still missing. Safe to run twice."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from catalogue.renditions import make_renditions_of


class Command(BaseCommand):
    help = "Make the missing sizes of product pictures (--all: of every picture)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="Pictures outside galleries too.")

    def handle(self, *args: Any, **options: Any) -> None:
        pictures = apps.get_model("pictures", "Picture").objects.order_by("pk")
        if not options["all"]:
            pictures = pictures.filter(product_images__isnull=False).distinct()
        ids = list(pictures.values_list("pk", flat=True))
        hidden = options["verbosity"] == 0
        sizes = sum(make_renditions_of(pk) for pk in tqdm(ids, unit="ảnh", disable=hidden))
        if not hidden:
            self.stdout.write(f"{len(ids)} pictures, {sizes} sizes.")
