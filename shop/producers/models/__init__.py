"""What the producers' channel keeps of its own: who asks to join, who is invited, who is paid."""

from shop.producers.models.bulk import ImportRun
from shop.producers.models.certificate import CertificateProposal
from shop.producers.models.joining import Application, ApplicationPaper
from shop.producers.models.notice import NoEmail, Notice, NoticeKind
from shop.producers.models.payout import PayoutAccount
from shop.producers.models.team import Invitation

__all__ = [
    "Application",
    "ApplicationPaper",
    "CertificateProposal",
    "ImportRun",
    "Invitation",
    "NoEmail",
    "Notice",
    "NoticeKind",
    "PayoutAccount",
]
