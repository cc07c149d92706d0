"""What somebody asked about a product."""

from typing import Any

from django.utils.translation import gettext_lazy

from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump
from shop.questions.models import Question


class QuestionsRoom(Room):
    name = "questions"
    title = gettext_lazy("Câu hỏi về sản phẩm")
    holds = ("questions.Question",)

    def export(self, person: Person) -> Any:
        return dump(_of(person), leave_out=("answered_by",), also=("product__title",))

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        questions = _of(person)
        if wishes.keep_public:
            questions.filter(status=Question.Status.SHOWN).update(user=None, name="", email="")
        return delete(questions)


def _of(person: Person) -> Any:
    return Question.objects.filter(person.by_user() | person.by_email())
