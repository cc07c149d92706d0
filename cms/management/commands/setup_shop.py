"""manage.py setup_shop: what a shop needs before its first product."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.setting_up import set_up_shop


class Command(BaseCommand):
    help = (
        "Dựng cửa hàng trống: địa danh, hai ngôn ngữ, trang chủ và các mục, nhóm sản phẩm OCOP, "
        "nhóm người dùng, quy trình duyệt. Chạy lại bao nhiêu lần cũng được; không xoá, không đè."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_places", verbosity=options["verbosity"])
        set_up_shop()
        if options["verbosity"] > 0:
            self.stdout.write("Cửa hàng đã dựng xong.")
