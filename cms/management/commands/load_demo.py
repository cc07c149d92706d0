"""manage.py load_demo: the demo shop into the database."""

import logging
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalogue.lookup.models import Entry
from cms.demo import people
from cms.demo.loading import SECTIONS, load
from cms.demo.reading import version
from cms.models import LoadedDemo


class Command(BaseCommand):
    help = (
        "Nạp cửa hàng trình diễn: chín sản phẩm của Lục Nam với người làm, nơi chốn, câu chuyện, "
        "hộp quà. Chạy lại bao nhiêu lần cũng được. Bản thật (SHOP_MODE=production) thì từ chối."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="chỉ nạp khi nội dung mới hơn bản đã nạp"
        )
        parser.add_argument(
            "--print-sign-ins", action="store_true", help="in các tài khoản mẫu sau khi nạp"
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="nạp cả khi SHOP_MODE=production (không tạo tài khoản mẫu)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SHOP_MODE == "production" and not options["force"]:
            raise CommandError(
                "Đây là cửa hàng thật (SHOP_MODE=production): không nạp dữ liệu mẫu. "
                "Nếu thật sự muốn, thêm --force; tài khoản mẫu thì không bao giờ được tạo."
            )
        if not (options["if_needed"] and LoadedDemo.objects.filter(version=version()).exists()):
            self._load(options["verbosity"])
        elif options["verbosity"] > 0:
            self.stdout.write("Cửa hàng trình diễn đã là bản mới nhất.")
        if not Entry.objects.exists():
            # A demo loaded before there was an index; afterwards entries follow by themselves.
            call_command("rebuild_search", verbosity=0)
        if options["print_sign_ins"] and people.may_have_known_passwords():
            self.stdout.write("\n" + people.sign_ins())

    def _load(self, verbosity: int) -> None:
        started = time.monotonic()
        call_command("load_places", verbosity=0)
        # None: the bar shows on a terminal only.
        hidden = True if verbosity == 0 else None
        total = sum(section.steps for section in SECTIONS)
        with (
            _quiet_logs(),
            tqdm(total=total, desc="Cửa hàng trình diễn", disable=hidden, leave=False) as bar,
        ):
            load(announce=bar.set_postfix_str, advance=bar.update)
        if verbosity > 0:
            seconds = time.monotonic() - started
            self.stdout.write(f"Cửa hàng trình diễn bản {version()}: {seconds:.1f} giây.")


@contextmanager
def _quiet_logs() -> Iterator[None]:
    """A line for each published page would break the bar."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)
