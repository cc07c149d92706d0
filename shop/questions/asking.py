"""Asking, confirming, deciding, answering. Each is harmless when done twice."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.models import Product
from shop.communication.writing import write_letter
from shop.producers.models import NoticeKind
from shop.producers.notices import News, tell
from shop.questions.contacts import hide_contacts
from shop.questions.models import Question

Status = Question.Status
#: A question that its asker never confirmed is forgotten after so many days.
UNCONFIRMED_DAYS = 14


@transaction.atomic
def ask(product: Product, text: str, *, email: str, language: str, **who: Any) -> Question:
    """Keep a question; a guest (no `user`) is asked by letter first whether it was theirs.

    The same question of the same address, not yet answered, is not kept twice.
    """
    text = hide_contacts(text)
    same = Question.objects.filter(product=product, email=email.lower(), text=text, answer="")
    if found := same.first():
        return found
    user = who.get("user")
    question = Question.objects.create(
        product=product,
        text=text,
        email=email,
        language=language,
        user=user,
        name=who.get("name", ""),
        status=Status.WAITING if user else Status.UNCONFIRMED,
    )
    if user is None:
        _write_confirmation(question)
    return question


def confirm(question: Question) -> bool:
    """The asker says that it was theirs; whether it waits for a moderator or went on from there."""
    Question.objects.filter(pk=question.pk, status=Status.UNCONFIRMED).update(status=Status.WAITING)
    question.refresh_from_db()
    return question.status != Status.REJECTED


def forget_unconfirmed() -> int:
    """A job of the worker: delete what nobody confirmed in time; returns how many."""
    old = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    return Question.objects.filter(status=Status.UNCONFIRMED, asked_at__lt=old).delete()[0]


@transaction.atomic
def decide(question: Question, *, show: bool, reason: str = "") -> Question:
    """A moderator's word. Shown, its producer hears of it, once."""
    found = _locked(question)
    if found.status == Status.UNCONFIRMED:
        return found
    found.status = Status.SHOWN if show else Status.REJECTED
    found.rejected_because = "" if show else reason
    found.save()
    if show and not found.answer and found.product.producer_id is not None:
        title = found.product.title
        tell(
            News(
                found.product.producer_id,
                NoticeKind.REVIEWS,
                key=f"question:{found.pk}",
                words=lambda: _("Có người hỏi về %(title)s.") % {"title": title},
                path=reverse("producers:questions"),
            )
        )
    return found


@transaction.atomic
def answer(question: Question, text: str, *, by: Any, side: Question.From) -> Question:
    """Answer what is shown, or mend the answer; the asker gets one letter, at the first answer."""
    found = _locked(question)
    if found.status != Status.SHOWN:
        return found
    found.answer = hide_contacts(text.strip())
    found.answered_by, found.answered_from = by, side
    found.answered_at = timezone.now()
    if found.told_at is None and found.email:
        found.told_at = found.answered_at
        _write_answer(found)
    found.save()
    return found


def _locked(question: Question) -> Question:
    return (
        Question.objects.select_for_update(of=("self",))
        .select_related("product__producer")
        .get(pk=question.pk)
    )


def _write_confirmation(question: Question) -> None:
    with override(question.language):
        link = reverse("questions:confirm", args=[question.key])
        context = {
            "title": question.product.display_title,
            "question": question.text,
            "confirm_link": settings.BASE_URL + link,
        }
    write_letter(
        "QUESTION_CONFIRMATION", to=question.email, context=context, language=question.language
    )


def _write_answer(question: Question) -> None:
    who, producer = settings.OSCAR_SHOP_NAME, question.product.producer
    if producer is not None and question.answered_from == Question.From.PRODUCER:
        who = producer.display_name
    with override(question.language):
        context = {
            "title": question.product.display_title,
            "question": question.text,
            "answer": question.answer,
            "who": who,
            "link": settings.BASE_URL + question.get_absolute_url(),
        }
    write_letter(
        "QUESTION_ANSWERED",
        to=question.email,
        context=context,
        language=question.language,
        user=question.user,
    )
