"""For the day on which the only superuser has lost the phone and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.two_factor.devices import has_second_step, take_away
from shop.users.models import User


class Command(BaseCommand):
    help = "Take away a person's second step of signing in; they set it up again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the email {email}.")
        if not has_second_step(user):
            self.stdout.write(f"{user.email} has no second step.")
            return
        take_away(user, by=None)
        self.stdout.write(f"{user.email} sets up a second step at the next sign-in.")
