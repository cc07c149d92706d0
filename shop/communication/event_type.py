"""What staff changed of a letter. Oscar's columns hold the Vietnamese words, `_en` the English."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.communication.abstract_models import AbstractCommunicationEventType

#: Oscar's column of each part of a letter.
COLUMNS = {
    "subject": "email_subject_template",
    "text": "email_body_template",
    "html": "email_body_html_template",
}


class CommunicationEventType(AbstractCommunicationEventType):
    """One letter as staff write it; a part that is empty comes from the shop's own template."""

    email_subject_template_en = models.CharField(
        _("Tiêu đề (tiếng Anh)"), max_length=255, blank=True, null=True
    )
    email_body_template_en = models.TextField(_("Phần chữ (tiếng Anh)"), blank=True, null=True)
    email_body_html_template_en = models.TextField(
        _("Phần HTML (tiếng Anh)"), blank=True, null=True
    )

    class Meta(AbstractCommunicationEventType.Meta):
        verbose_name = _("Mẫu thư")
        verbose_name_plural = _("Mẫu thư")

    def source(self, part: str, language: str) -> str:
        """What staff wrote for `part` (subject, text, html) in a language; empty for nothing."""
        return getattr(self, _column(part, language)) or ""

    def set_source(self, part: str, language: str, words: str) -> None:
        """Keep staff's words; none means the shop's own template again."""
        setattr(self, _column(part, language), words or None)


def _column(part: str, language: str) -> str:
    return COLUMNS[part] + ("_en" if language == "en" else "")
