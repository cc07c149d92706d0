"""Questions and answers, each answer behind its question."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.words import TextBlock


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Câu hỏi"), max_length=200)
    answer = TextBlock(label=_("Trả lời"))


class QuestionsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tiêu đề"), max_length=80, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Các câu hỏi"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Hỏi và đáp")
        template = "cms/blocks/questions.html"
        preview_value = {
            "title": "Hay được hỏi",
            "questions": [{"question": "Hộp quà giao trong mấy ngày?", "answer": "<p>…</p>"}],
        }


def questions_data(values: list[Any]) -> dict[str, Any]:
    """All questions of a page in schema.org's words; a page has one FAQPage at most."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": each["question"],
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": " ".join(strip_tags(each["answer"].source.replace("<", " <")).split()),
                },
            }
            for value in values
            for each in value["questions"]
        ],
    }
