"""manage.py rebuild_search: everything that can be found, written anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from catalogue.lookup.counting import forget_old_counts
from catalogue.lookup.indexing import how_many, rebuild


class Command(BaseCommand):
    help = (
        "Dựng lại chỉ mục tìm kiếm: sản phẩm, hộp quà, câu chuyện, nhà sản xuất, địa danh. "
        "Chạy lúc nào cũng được, bao nhiêu lần cũng được; cửa hàng vẫn tìm được trong lúc chạy."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        # None: the bar shows on a terminal only.
        hidden = True if options["verbosity"] == 0 else None
        with tqdm(total=how_many(), desc="Chỉ mục tìm kiếm", disable=hidden, leave=False) as bar:
            entries = rebuild(advance=bar.update)
        forget_old_counts()
        if options["verbosity"] > 0:
            seconds = time.monotonic() - started
            self.stdout.write(f"Chỉ mục tìm kiếm: {entries} mục, {seconds:.1f} giây.")
