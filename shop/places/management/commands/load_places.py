"""manage.py load_places: provinces, wards and former communes into the database."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from shop.places.data import lists_version, read_lists
from shop.places.loading import LoadResult, is_up_to_date, load_lists


class Command(BaseCommand):
    help = (
        "Nạp 34 tỉnh, thành phố, các xã, phường và tên xã cũ. Chạy lại bao nhiêu lần cũng được; "
        "không xoá địa danh nào."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="so lại từng dòng dù danh mục đã là bản mới nhất",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the lists unless the tables hold them already; end with one summary line."""
        if not options["force"] and is_up_to_date():
            if options["verbosity"] > 0:
                self.stdout.write(f"Địa danh đã là bản {lists_version()}, không có gì để nạp.")
            return
        started = time.monotonic()
        lists = read_lists()
        total = len(lists.provinces) + len(lists.wards) + len(lists.former_communes)
        # None: the bar shows on a terminal only.
        hidden = True if options["verbosity"] == 0 else None
        with tqdm(total=total, desc="Địa danh", unit=" dòng", disable=hidden, leave=False) as bar:

            def advance(_table: str, rows: int) -> None:
                bar.update(rows)

            result = load_lists(on_progress=advance)
        if options["verbosity"] > 0:
            self.stdout.write(_summary(result, time.monotonic() - started))


def _summary(result: LoadResult, seconds: float) -> str:
    added, changed = result.added, result.changed
    parts = [
        f"{label}: thêm {added[table]}, sửa {changed[table]}"
        for table, label in (
            ("province", "tỉnh, thành phố"),
            ("ward", "xã, phường"),
            ("formercommune", "tên xã cũ"),
        )
    ]
    return f"Địa danh bản {lists_version()}: {'; '.join(parts)}; ngừng dùng {result.retired}. " + (
        f"{seconds:.1f} giây."
    )
