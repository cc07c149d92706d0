"""Send the letters that are due: for cron, or after a mail server was down."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.communication.letters import MOST_ATTEMPTS, Letter
from shop.communication.sending import BATCH, send_waiting


class Command(BaseCommand):
    help = "Send the letters that are due. Safe to run at any time, by several workers at once."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = 0
        # Each round counts a try on every letter that it takes, so the rounds end.
        while Letter.objects.waiting().exists():
            sent += send_waiting(BATCH)
            self.stdout.write(f"{sent} sent", ending="\r")
        unsent = Letter.objects.filter(sent_at__isnull=True)
        given_up = unsent.filter(attempts__gte=MOST_ATTEMPTS).count()
        self.stdout.write(
            f"{sent} sent, {unsent.count() - given_up} to try again later, {given_up} given up"
        )
