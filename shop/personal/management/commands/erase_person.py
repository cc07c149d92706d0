"""Erase somebody who asked by post or by telephone, once staff have seen who asks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.personal.erasing import CannotErase, erase_person
from shop.personal.models import Erasure
from shop.personal.registry import ErasureWishes, Person, rooms
from shop.users.models import User


class Command(BaseCommand):
    help = "Erase a person by email: what no law keeps at once, orders when their term is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would go, and leave everything"
        )
        parser.add_argument(
            "--keep-public",
            action="store_true",
            help="leave approved reviews and questions, without their author",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        user = User.objects.filter(email=email).first()
        # Whoever runs this has looked at who asks: the address counts as proved.
        person = Person(email, user, owns_email=True)
        try:
            outcome = erase_person(
                person,
                wishes=ErasureWishes(keep_public=options["keep_public"]),
                by=Erasure.By.STAFF,
                dry_run=options["dry_run"],
            )
        except CannotErase as refusal:
            raise CommandError("\n".join(refusal.reasons)) from None
        for room in rooms():
            if count := outcome.counts.get(room.name):
                self.stdout.write(f"{room.title}: {count}")
        self.stdout.write(f"Đơn hàng còn giữ theo luật: {outcome.orders_kept}")
        if options["dry_run"]:
            self.stdout.write("Chạy thử: chưa xóa gì. (dry run, nothing was erased)")
        else:
            self.stdout.write(self.style.SUCCESS("Đã xóa. (erased)"))
