"""A recipe: what goes in, what is done with it. No word about health belongs here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.goods import ProductChooserBlock, shelf_of


class IngredientBlock(blocks.StructBlock):
    """`200 g long nhãn`; the name leads to the product where it is one of ours."""

    text = blocks.CharBlock(label=_("Nguyên liệu, kèm lượng"), max_length=120)
    product = ProductChooserBlock(label=_("Là sản phẩm"), required=False)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["card"] = shelf_of(value, parent_context).card_of(value.get("product"))
        return context

    class Meta:
        icon = "tag"
        label = _("Nguyên liệu")
        template = "cms/blocks/ingredient.html"


class RecipeBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Tên món"), max_length=120)
    portions = blocks.IntegerBlock(
        label=_("Cho mấy người"), min_value=1, max_value=100, required=False
    )
    minutes = blocks.IntegerBlock(
        label=_("Mất bao nhiêu phút"), min_value=1, max_value=10_000, required=False
    )
    ingredients = blocks.ListBlock(IngredientBlock(), label=_("Nguyên liệu"), min_num=1)
    steps = blocks.ListBlock(blocks.TextBlock(label=_("Bước")), label=_("Cách làm"), min_num=1)
    source = blocks.CharBlock(
        label=_("Theo ai"), max_length=200, required=False, help_text=_("Ai chỉ cách làm này.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Công thức")
        template = "cms/blocks/recipe.html"
        preview_value = {
            "name": "Chè long nhãn",
            "portions": 4,
            "minutes": 30,
            "ingredients": [{"text": "100 g long nhãn"}, {"text": "1 lít nước"}],
            "steps": ["Rửa long nhãn.", "Đun sôi nước, thả long nhãn vào."],
            "source": "",
        }


def recipe_data(value: Any) -> dict[str, Any]:
    """The recipe in schema.org's words."""
    minutes, portions = value.get("minutes"), value.get("portions")
    return {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": value["name"],
        "recipeYield": str(portions) if portions else "",
        "totalTime": f"PT{minutes}M" if minutes else "",
        "recipeIngredient": [each["text"] for each in value["ingredients"]],
        "recipeInstructions": [{"@type": "HowToStep", "text": step} for step in value["steps"]],
    }
