"""manage.py ensure_promoter_section: groups and rights of the sections of promoters."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogue.text import slugify_vi
from cms.models import HomePage, SectionPage
from cms.promoter_sections import ensure_promoter_section, ensure_promoter_sections
from cms.tree import ensure_locales, translated


class Command(BaseCommand):
    help = (
        "Mục của các nhóm quảng bá: mỗi mục có nhóm người dùng, bộ ảnh và quyền riêng. Không ghi "
        "tên thì xem lại mọi mục; ghi tên thì mở mục ấy (cả bản tiếng Anh) nếu chưa có. Chạy lại "
        "bao nhiêu lần cũng được."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("title", nargs="?", help="tên mục, như “Bắc Lũng”")
        parser.add_argument("--english", default="", help="tên tiếng Anh; để trống: như tên mục")
        parser.add_argument(
            "--promoter",
            action="append",
            default=[],
            metavar="EMAIL",
            help="cho tài khoản này vào nhóm của mục; ghi nhiều lần được",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["title"]:
            if options["promoter"]:
                raise CommandError("Ghi --promoter thì phải ghi tên mục.")
            count = ensure_promoter_sections()
            self._say(options, f"Đã xem lại {count} mục.")
            return
        with transaction.atomic():
            section = _section(options["title"], options["english"])
            own = ensure_promoter_section(section)
            for email in options["promoter"]:
                user = get_user_model().objects.filter(email__iexact=email).first()
                if user is None:
                    raise CommandError(f"Không có tài khoản {email}.")
                user.groups.add(own.group)
        self._say(options, f"{own.group.name}: {section.url}")

    def _say(self, options: dict[str, Any], words: str) -> None:
        if options["verbosity"] > 0:
            self.stdout.write(words)


def _section(title: str, english: str) -> SectionPage:
    """The live section with this title under the Vietnamese home page, made if need be."""
    locales = ensure_locales()
    home = HomePage.objects.filter(locale=locales["vi"], depth=2).first()
    if home is None:
        raise CommandError("Chưa có trang chủ: hãy chạy setup_shop trước.")
    section = SectionPage.objects.child_of(home).filter(title=title).first()
    if section is None:
        section = SectionPage(title=title, slug=slugify_vi(title), locale=locales["vi"])
        home.add_child(instance=section)
        section.save_revision().publish()
    translated(section, locales["en"], title=english or title)
    return section
