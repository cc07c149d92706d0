"""What this room itself holds: consents, files made for somebody, the log of erasures."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from shop.personal.consenting import withdraw_all
from shop.personal.models import Consent, DataExport, hash_of
from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump


class ConsentRoom(Room):
    """The proof that somebody agreed, or withdrew, stays under a hash of the address."""

    name = "consents"
    title = gettext_lazy("Điều bạn đã đồng ý")
    holds = (
        "personal.Consent",
        "personal.DataExport",
        "personal.Erasure",
        "personal.AnonymousOrder",
    )

    def export(self, person: Person) -> Any:
        return {
            "consents": dump(_of(person), leave_out=("email_hash",)),
            "exports": dump(DataExport.objects.filter(person.by_user()), leave_out=("file",)),
        }

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        if person.user or person.owns_email:
            withdraw_all(person.email, source=Consent.Source.ERASURE)
        exports = DataExport.objects.filter(person.by_user())
        trace.drop(*(export.file for export in exports))
        gone = delete(exports)
        return gone + _of(person).update(email="", user=None)


def _of(person: Person) -> Any:
    own = person.by_user()
    if person.owns_email:
        own |= Q(email_hash=hash_of(person.email))
    return Consent.objects.filter(own)
