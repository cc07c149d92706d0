from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    name = "shop.questions"
    label = "questions"
    verbose_name = _("Hỏi và đáp về sản phẩm")
