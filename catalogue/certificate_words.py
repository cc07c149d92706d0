"""What may be said of an OCOP dossier today, in words for a buyer (QĐ 26/2026/QĐ-TTg)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.models.certificate import CertificateState

if TYPE_CHECKING:
    from catalogue.models import Certificate, Product


@dataclass(frozen=True)
class CertificateNote:
    """A dossier on the product page: heading, one sentence, facts. Stars are 0 unless valid."""

    state: CertificateState
    stars: int
    title: str
    sentence: str
    facts: list[tuple[str, str]]
    scan_url: str = ""

    @property
    def is_valid(self) -> bool:
        return self.stars > 0


def stars_text(stars: int) -> str:
    """`OCOP 4 sao`; empty without stars."""
    return _("OCOP %(stars)s sao") % {"stars": stars} if stars else ""


def registered_text(certificate: "Certificate | None", day: date | None = None) -> str:
    """The quiet line of a dossier without a decision; empty for every other one."""
    day = day or timezone.localdate()
    if certificate is None or certificate.state_on(day) != CertificateState.REGISTERED:
        return ""
    if certificate.registered_year:
        return _("Đăng ký OCOP %(year)s, chưa có quyết định") % {
            "year": certificate.registered_year
        }
    return _("Đăng ký OCOP, chưa có quyết định")


def certificate_note(product: "Product", day: date | None = None) -> CertificateNote | None:
    """The note of the dossier that counts on `day` (today); None where there is no dossier."""
    day = day or timezone.localdate()
    certificate = product.current_certificate(day)
    if certificate is None:
        return None
    state = certificate.state_on(day)
    title, sentence = _words(certificate, state, day)
    return CertificateNote(
        state=state,
        stars=certificate.stars_on(day),
        title=title,
        sentence=sentence,
        facts=_facts(certificate),
        scan_url=certificate.scan.url if certificate.scan else "",
    )


def _words(certificate: "Certificate", state: CertificateState, day: date) -> tuple[str, str]:
    end = _day(certificate.ends_on)
    last = _day(certificate.ends_on - timedelta(days=1)) if certificate.ends_on else ""
    stars = stars_text(certificate.stars or 0)
    if state == CertificateState.VALID:
        return (
            _("%(stars)s, còn hiệu lực đến hết %(day)s") % {"stars": stars, "day": last},
            _("Hạng sao của riêng sản phẩm này, có hiệu lực 36 tháng từ ngày quyết định."),
        )
    if state == CertificateState.EXPIRING:
        left = (certificate.ends_on - day).days if certificate.ends_on else 0
        return (
            _("%(stars)s, sắp hết hiệu lực") % {"stars": stars},
            _("Còn %(days)s ngày, đến hết %(day)s.") % {"days": left, "day": last},
        )
    if state == CertificateState.EXPIRED:
        return (
            _("Chứng nhận OCOP đã hết hiệu lực"),
            _("Hết hiệu lực từ %(day)s và chưa có quyết định mới, nên không hiện sao.")
            % {"day": end},
        )
    if state == CertificateState.REVOKED:
        reason = certificate.revoked_reason.strip().rstrip(".")
        words = _("Thu hồi ngày %(day)s.") % {"day": _day(certificate.revoked_on)}
        return (
            _("Chứng nhận OCOP đã bị thu hồi"),
            f"{words} {reason}." if reason else words,
        )
    return (
        registered_text(certificate, day),
        _("Sản phẩm đã nộp hồ sơ. Chúng tôi chưa có quyết định công nhận, nên không hiện sao."),
    )


def _facts(certificate: "Certificate") -> list[tuple[str, str]]:
    rows = [
        (_("Loại hồ sơ"), certificate.get_dossier_display()),
        (_("Số quyết định"), certificate.decision_number),
        (_("Ngày quyết định"), _day(certificate.decided_on)),
        (_("Cơ quan cấp"), certificate.issuer),
        (_("Căn cứ"), certificate.legal_basis),
        (_("Mã sản phẩm OCOP"), certificate.code),
        (_("Nguồn"), certificate.source),
    ]
    return [(name, str(value)) for name, value in rows if value]


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
