"""Make every size of every picture that is still missing. Safe to run twice."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from catalogue.renditions import make_renditions_of


class Command(BaseCommand):
    help = "Make the missing sizes of all pictures (--products: only of those in galleries)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--products", action="store_true", help="Pictures in galleries only.")

    def handle(self, *args: Any, **options: Any) -> None:
        pictures = apps.get_model("pictures", "Picture").objects.order_by("pk")
        if options["products"]:
            pictures = pictures.filter(product_images__isnull=False).distinct()
        ids = list(pictures.values_list("pk", flat=True))
        hidden = options["verbosity"] == 0
        sizes, broken = 0, []
        for pk in tqdm(ids, unit="ảnh", disable=hidden):
            try:
                sizes += make_renditions_of(pk)
            except OSError as error:  # A lost or damaged file keeps no other picture waiting.
                broken.append(f"{pk}: {error}")
        if not hidden:
            self.stdout.write(f"{len(ids)} pictures, {sizes} sizes.")
        for line in broken:
            self.stderr.write(f"Picture {line}")
