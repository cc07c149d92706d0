"""manage.py load_groups: the OCOP programme's groups into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from catalogue.groups import load_groups


class Command(BaseCommand):
    help = (
        "Nạp 6 ngành và 26 bộ sản phẩm của chương trình OCOP. Chạy lại bao nhiêu lần cũng được; "
        "không xoá nhóm nào."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = load_groups()
        if options["verbosity"] > 0:
            self.stdout.write(f"Nhóm sản phẩm: thêm hoặc sửa {changed}.")
