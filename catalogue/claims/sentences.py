"""What the writer of a text is told of its claims."""

from django.utils.translation import gettext as _

from catalogue.claims.finding import find_claims


def findings(text: str, *, where: object = "") -> list[str]:
    """One sentence for each claim in `text` (plain or HTML): what may not be written, and why.

    `where` names the field, for a text of several. Empty for a text that may be published:
    product texts, stories and reviews all ask this before they go live.
    """
    return [
        (
            _("%(field)s: không được viết “%(phrase)s” (…%(excerpt)s…). %(reason)s")
            if where
            else _("Không được viết “%(phrase)s” (…%(excerpt)s…). %(reason)s")
        )
        % {
            "field": where,
            "phrase": finding.phrase,
            "excerpt": finding.excerpt,
            "reason": finding.reason,
        }
        for finding in find_claims(text)
    ]
