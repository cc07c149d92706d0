"""What must be on file before a listing goes live."""

import pytest
from django.core.exceptions import ValidationError

from catalogue.label_check import missing_facts
from catalogue.models import Product
from catalogue.publishing import obstacles
from shop.places.models import Ward
from tests.catalogue.making import a_variant
from tests.factories import a_category, a_gift_box, a_producer, a_product, a_spirit

pytestmark = pytest.mark.django_db

FOOD = 6


def test_a_complete_sample_listing_has_no_obstacle() -> None:
    assert obstacles(a_product(is_sample=True)) == []


@pytest.mark.parametrize(
    ("field", "empty", "sentence"),
    [
        ("ingredients", "", "Chưa ghi thành phần."),
        ("storage", " ", "Chưa ghi cách bảo quản."),
        ("usage", "", "Chưa ghi hướng dẫn sử dụng."),
        ("shelf_life_days", None, "Chưa ghi hạn dùng tính từ ngày sản xuất."),
        ("net_quantity", None, "Chưa ghi khối lượng hoặc thể tích tịnh."),
        ("producer", None, "Chưa ghi nhà sản xuất chịu trách nhiệm về hàng."),
    ],
)
def test_each_missing_label_fact_is_named(field: str, empty: object, sentence: str) -> None:
    product = a_product()
    setattr(product, field, empty)
    assert missing_facts(product) == [sentence]


def test_a_listing_without_a_group_is_told_so() -> None:
    product = a_product()
    product.categories.clear()
    assert missing_facts(product)[0].startswith("Chưa chọn nhóm sản phẩm")


def test_fresh_produce_needs_neither_ingredients_nor_use() -> None:
    fresh = a_category(number=1)
    assert missing_facts(a_product(category=fresh, ingredients="", usage="")) == []


def test_a_village_tour_needs_no_label_but_a_maker() -> None:
    tour = a_category(number=26)
    bare = {"ingredients": "", "storage": "", "shelf_life_days": None, "net_quantity": None}
    assert missing_facts(a_product(category=tour, **bare)) == []


def test_a_gift_box_is_in_no_group_and_needs_its_contents() -> None:
    box = a_gift_box(of={a_product(): 1})
    assert missing_facts(box) == []
    box.box_items.all().delete()
    box.shelf_life_days = None
    assert missing_facts(box) == [
        "Chưa ghi trong hộp có những món gì.",
        "Chưa ghi hạn dùng của hộp: theo món hết hạn sớm nhất.",
    ]


def test_a_gift_box_takes_the_strictest_rule_of_its_contents() -> None:
    nem = a_product("Nem chua", freight_class="chilled")
    box = a_gift_box(of={a_spirit(): 1, nem: 1})
    assert (box.abv, box.freight_class) == (29, "chilled")
    assert missing_facts(box) == []
    assert box.is_unpromotable and box.is_chilled


def test_a_gift_box_does_not_sell_what_is_not_published() -> None:
    box = a_gift_box(of={a_product("Bánh mật", live=False): 1})
    assert missing_facts(box) == ["“Bánh mật” trong hộp chưa được đăng bán."]


def test_every_variant_needs_its_own_quantity() -> None:
    cake = a_product(price=None, net_quantity=None)
    a_variant(cake, "5 chiếc", price=1, net_quantity=400)
    a_variant(cake, "10 chiếc", price=1, net_quantity=None)
    assert missing_facts(cake) == ["Loại “10 chiếc” chưa ghi khối lượng hoặc thể tích tịnh."]


def test_a_real_listing_needs_address_and_origin() -> None:
    product = a_product(origin=None, producer=a_producer(ward=None))
    assert missing_facts(product) == [
        "Nhà sản xuất chưa có địa chỉ (xã, phường).",
        "Chưa ghi xuất xứ: xã, phường nơi làm ra.",
    ]
    ward = Ward.objects.get(code="07462")
    product.origin = ward
    product.producer = a_producer(ward=ward)
    assert missing_facts(product) == []


def test_alcohol_cannot_be_published_without_its_strength() -> None:
    wine = a_category(number=15)
    assert missing_facts(a_product(category=wine)) == ["Rượu, bia phải ghi độ cồn (% thể tích)."]


def test_real_spirits_need_a_licence() -> None:
    wine = a_category(number=15)
    ward = Ward.objects.get(code="07462")
    spirit = a_product(
        category=wine, abv=30, is_sample=False, origin=ward, producer=a_producer(ward=ward)
    )
    assert missing_facts(spirit) == ["Rượu từ 5,5 độ phải ghi số giấy phép sản xuất."]
    spirit.licence_number = "12/GP-SCT"
    assert missing_facts(spirit) == []


def _messages(refused: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(refused.value.messages)


def test_publishing_a_revision_is_refused_with_the_list() -> None:
    product = a_product(live=False)
    product.storage = ""
    product.summary = "Bánh giúp hạ đường huyết"
    revision = product.save_revision()
    with pytest.raises(ValidationError) as refused:
        revision.publish()
    assert "Chưa ghi cách bảo quản." in _messages(refused)
    assert "“hạ đường huyết”" in _messages(refused)
    product.refresh_from_db()
    assert not product.live


def test_a_mended_revision_is_published() -> None:
    product = a_product(live=False)
    product.summary = "Bánh mật gói lá chuối khô"
    product.save_revision().publish()
    product.refresh_from_db()
    assert product.live and product.is_public
    assert product.summary == "Bánh mật gói lá chuối khô"


def test_a_live_listing_cannot_be_saved_by_a_form_with_a_claim() -> None:
    product = a_product()
    product.description = "Trà trị ho."
    with pytest.raises(ValidationError) as refused:
        product.full_clean()
    assert "trị ho" in _messages(refused)


def test_a_draft_may_be_half_done() -> None:
    product = a_product(live=False, ingredients="", storage="")
    product.full_clean()
    assert not Product.objects.get(pk=product.pk).live


def test_the_refusal_names_the_field_and_the_law() -> None:
    product = a_product(usage="Ngâm rượu uống cho bổ thận")
    (sentence,) = obstacles(product)
    assert sentence.startswith("Hướng dẫn sử dụng: không được viết “bổ thận”")
    assert "Nghị định 15/2018" in sentence
