"""Reviews: by who bought and got it, read once approved, answered by the maker."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Product
from catalogue.reviews_shown import Reviews, reviews_of
from shop.reviews.models import ProductReview
from shop.reviews.writing import AlreadyWritten, answer, decide, hand_in, why_not
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_producer,
    a_product,
    a_received_order,
    a_review,
    a_spirit,
    a_staff_member,
    a_user,
    a_variant_product,
    an_order,
    signed_in,
)

pytestmark = pytest.mark.django_db

WORDS = {"score": "4", "title": "Dẻo và thơm", "body": "Gói kỹ, tới sau ba ngày."}


@pytest.fixture
def product() -> Product:
    return a_product("Khoai lang Yên Sơn")


@pytest.fixture
def buyer(product: Product) -> User:
    buyer = a_buyer(first_name="Nguyễn Thị Lan")
    a_received_order(product, buyer=buyer)
    return buyer


@pytest.fixture
def moderator() -> User:
    user = a_staff_member()
    user.user_permissions.add(Permission.objects.get(codename="change_productreview"))
    return user


def write_url(product: Product) -> str:
    return reverse("reviews:write", args=[product.slug])


def page_of(product: Product, client: Client | None = None) -> str:
    return (client or Client()).get(product.get_absolute_url()).content.decode()


# --- Writing ---------------------------------------------------------------------------------


def test_who_got_it_writes_and_a_moderator_reads_first(product: Product, buyer: User) -> None:
    response = signed_in(buyer).post(write_url(product), WORDS, follow=True)
    assert "đang chờ duyệt" in response.content.decode()
    review = ProductReview.objects.get()
    assert review.status == ProductReview.FOR_MODERATION
    assert review.is_verified
    assert "Dẻo và thơm" not in page_of(product)
    decide(review, approve=True)
    page = page_of(product)
    assert "Dẻo và thơm" in page
    assert "Nguyễn L." in page
    assert "Đã mua hàng" in page
    assert buyer.email not in page


def test_a_variant_got_is_the_product_got() -> None:
    product = a_variant_product()
    buyer = a_buyer()
    assert why_not(buyer, product)
    a_received_order(product.children.all()[0], buyer=buyer)
    assert why_not(buyer, product) == ""


def test_who_has_not_got_it_yet_is_told_so(product: Product) -> None:
    waiting = a_buyer()
    an_order(product, buyer=waiting)
    response = signed_in(waiting).post(write_url(product), WORDS, follow=True)
    assert "Chỉ người đã mua và nhận hàng" in response.content.decode()
    assert not ProductReview.objects.exists()


def test_a_visitor_signs_in_first(product: Product) -> None:
    response = Client().get(write_url(product))
    assert response.status_code == 302
    assert reverse("customer:login") in response["Location"]


def test_a_claim_of_healing_is_refused_beside_the_field_and_nothing_is_lost(
    product: Product, buyer: User
) -> None:
    words = {**WORDS, "body": "Ăn vào chữa khỏi bệnh tiểu đường."}
    response = signed_in(buyer).post(write_url(product), words)
    assert response.status_code == 422
    assert response.context["form"].errors["body"]
    assert "chữa khỏi bệnh tiểu đường" in response.content.decode()
    assert not ProductReview.objects.exists()


@pytest.mark.parametrize("score", ["0", "6", "", "năm"])
def test_a_score_is_one_to_five(product: Product, buyer: User, score: str) -> None:
    response = signed_in(buyer).post(write_url(product), {**WORDS, "score": score})
    assert response.status_code == 422
    assert response.context["form"].errors["score"]


def test_a_rejected_review_is_mended_and_waits_again(product: Product, buyer: User) -> None:
    review = hand_in(buyer, product, score=3, title="Tạm", body="Tạm được")
    decide(review, approve=False, reason="Xin kể rõ hơn.")
    client = signed_in(buyer)
    own = client.get(reverse("reviews:of-product", args=[product.slug])).content.decode()
    assert "Xin kể rõ hơn." in own
    assert "Tạm được" in client.get(write_url(product)).content.decode()
    client.post(write_url(product), WORDS)
    review.refresh_from_db()
    assert (review.status, review.score) == (ProductReview.FOR_MODERATION, 4)
    assert review.rejected_because == ""


def test_an_approved_review_is_not_rewritten(product: Product, buyer: User) -> None:
    decide(hand_in(buyer, product, score=5, title="Ngon", body="Ngon"), approve=True)
    signed_in(buyer).post(write_url(product), {**WORDS, "title": "Khác hẳn"})
    assert ProductReview.objects.get().title == "Ngon"


def test_two_tabs_write_one_review(product: Product, buyer: User, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    hand_in(buyer, product, score=5, title="Một", body="Một")
    monkeypatch.setattr("shop.reviews.writing.review_by", lambda *_: None)
    with pytest.raises(AlreadyWritten):
        hand_in(buyer, product, score=4, title="Hai", body="Hai")
    assert ProductReview.objects.get().title == "Một"


# --- Reading ---------------------------------------------------------------------------------


def test_only_approved_reviews_are_read_and_counted(product: Product) -> None:
    a_review(product, score=5)
    a_review(product, score=2, title="Chưa duyệt", approved=False)
    a_review(product, score=1, title="Bị loại", status=ProductReview.REJECTED)
    for url in (product.get_absolute_url(), reverse("reviews:of-product", args=[product.slug])):
        page = Client().get(url).content.decode()
        assert "Chưa duyệt" not in page
        assert "Bị loại" not in page
    assert (reviews_of(product).count, reviews_of(product).average) == (1, 5.0)
    product.refresh_from_db()
    assert product.rating == 5


def test_a_review_taken_down_leaves_the_average(product: Product) -> None:
    low = a_review(product, score=1)
    a_review(product, score=4)
    decide(low, approve=False, reason="Nhầm sản phẩm")
    product.refresh_from_db()
    assert product.rating == 4
    assert reviews_of(product).average == 4


def test_a_rating_does_not_touch_a_draft_in_hand(product: Product) -> None:
    held = Product.objects.get(pk=product.pk)
    Product.objects.filter(pk=product.pk).update(title="Tên mới")
    held.update_rating()
    product.refresh_from_db()
    assert product.title == "Tên mới"


def test_what_is_said_of_spirits_is_behind_the_age_question() -> None:
    spirit = a_spirit()
    a_review(spirit, title="Êm")
    response = Client().get(reverse("reviews:of-product", args=[spirit.slug]))
    assert response.status_code == 302


def test_markup_in_a_review_is_text(product: Product) -> None:
    a_review(product, title="<script>alert(1)</script>", body="<b>x</b>")
    page = page_of(product)
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_many_reviews_cost_the_page_no_more_queries(product: Product) -> None:
    def queries() -> int:
        client = Client()
        client.get(product.get_absolute_url())
        with CaptureQueriesContext(connection) as counted:
            client.get(product.get_absolute_url())
        return len(counted)

    a_review(product)
    few = queries()
    for _number in range(5):
        a_review(product)
    assert queries() == few


def test_a_product_taken_off_has_no_reviews_page(product: Product) -> None:
    a_review(product)
    Product.objects.filter(pk=product.pk).update(live=False, is_public=False)
    assert Client().get(reverse("reviews:of-product", args=[product.slug])).status_code == 404


# --- Moderators ------------------------------------------------------------------------------


def test_a_moderator_approves_and_rejects_with_a_reason(product: Product, moderator: User) -> None:
    review = a_review(product, approved=False)
    client = signed_in(moderator)
    assert review.title in client.get(reverse("reviews-staff:queue")).content.decode()
    client.post(reverse("reviews-staff:approve", args=[review.pk]), {"seen": review.version})
    review.refresh_from_db()
    assert review.is_approved
    url = reverse("reviews-staff:reject", args=[review.pk])
    assert client.post(url, {f"r{review.pk}-reason": ""}).status_code == 422
    review.refresh_from_db()
    assert review.is_approved
    client.post(url, {f"r{review.pk}-reason": "Nói xấu người khác", "seen": review.version})
    review.refresh_from_db()
    assert review.is_rejected


@pytest.mark.parametrize("name", ["approve", "reject"])
def test_words_that_nobody_read_are_not_decided_on(
    product: Product, buyer: User, moderator: User, name: str
) -> None:
    review = hand_in(buyer, product, score=5, title="Ngon", body="Như tả.")
    client = signed_in(moderator)
    queue = client.get(reverse("reviews-staff:queue")).content.decode()
    assert f'name="seen" value="{review.version}"' in queue
    seen = review.version
    hand_in(buyer, product, score=1, title="Lời khác", body="Viết lại sau khi đã đọc.")
    url = reverse(f"reviews-staff:{name}", args=[review.pk])
    for told in ({"seen": seen}, {}):
        page = client.post(url, {f"r{review.pk}-reason": "x", **told}, follow=True)
        assert "Người mua vừa sửa" in page.content.decode()
    review.refresh_from_db()
    assert review.pending_moderation


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị Lan", "Nguyễn L."),
        ("Lan", "L."),
        ("lan.nguyen@example.vn", "Người mua"),
        ("Lan lan.nguyen@example.vn", "L."),
        ("", "Người mua"),
    ],
)
def test_an_author_is_never_shown_whole_nor_by_an_address(
    product: Product, name: str, shown: str
) -> None:
    assert a_review(product, user=a_buyer(first_name=name)).author_name == shown


def test_the_rating_follows_a_review_that_goes_with_its_author(product: Product) -> None:
    a_review(product, score=4)
    leaver = a_buyer()
    a_review(product, score=1, user=leaver)
    product.refresh_from_db()
    assert product.rating == 2.5
    leaver.delete()
    product.refresh_from_db()
    assert product.rating == 4
    ProductReview.objects.all().delete()
    product.refresh_from_db()
    assert product.rating is None


def test_an_average_is_rounded_as_people_round() -> None:
    assert Reviews(4, 4.25).average_text == "4,3"
    assert Reviews(4, 4.0).average_text == "4,0"


def test_a_producer_does_not_review_its_own(product: Product) -> None:
    member = a_buyer()
    a_received_order(product, buyer=member)
    product.producer.users.add(member, through_defaults={"role": "owner"})
    assert "nhà bạn" in why_not(member, product)
    signed_in(member).post(write_url(product), WORDS)
    assert not ProductReview.objects.exists()


def test_a_claim_in_the_title_is_refused_too(product: Product, buyer: User) -> None:
    words = {**WORDS, "title": "Chữa khỏi bệnh dạ dày"}
    assert signed_in(buyer).post(write_url(product), words).status_code == 422
    assert not ProductReview.objects.exists()


def test_nobody_else_decides(product: Product, buyer: User) -> None:
    review = a_review(product, approved=False)
    for client, status in (
        (Client(), 302),
        (signed_in(buyer), 403),
        (signed_in(a_staff_member()), 403),
    ):
        assert client.get(reverse("reviews-staff:queue")).status_code == status
        for name in ("approve", "reject"):
            url = reverse(f"reviews-staff:{name}", args=[review.pk])
            assert client.post(url, {f"r{review.pk}-reason": "x"}).status_code == status
    review.refresh_from_db()
    assert review.pending_moderation


# --- The producer ----------------------------------------------------------------------------


def test_the_producer_answers_under_the_review(product: Product) -> None:
    member = a_user()
    product.producer.users.add(member, through_defaults={"role": "owner"})
    review = a_review(product)
    client = signed_in(member)
    assert review.title in client.get(reverse("producers:reviews")).content.decode()
    url = reverse("producers:answer-review", args=[review.pk])
    client.post(url, {f"a{review.pk}-answer": "Cảm ơn bác Lan."})
    assert "Cảm ơn bác Lan." in page_of(product)
    refused = client.post(url, {f"a{review.pk}-answer": "Khoai này chữa khỏi bệnh dạ dày."})
    assert refused.status_code == 422
    assert "Cảm ơn bác Lan." in page_of(product)
    client.post(url, {f"a{review.pk}-answer": ""})
    assert "Nhà sản xuất trả lời" not in page_of(product)


def test_another_producer_cannot_answer_nor_read_what_waits(product: Product) -> None:
    stranger = a_user()
    a_producer(members=[stranger])
    review = a_review(product)
    client = signed_in(stranger)
    assert review.title not in client.get(reverse("producers:reviews")).content.decode()
    url = reverse("producers:answer-review", args=[review.pk])
    assert client.post(url, {f"a{review.pk}-answer": "Hàng nhà khác ngon hơn"}).status_code == 404


def test_a_review_that_waits_is_not_answered(product: Product) -> None:
    member = a_user()
    product.producer.users.add(member, through_defaults={"role": "owner"})
    review = a_review(product, approved=False)
    url = reverse("producers:answer-review", args=[review.pk])
    assert signed_in(member).post(url, {f"a{review.pk}-answer": "Sớm quá"}).status_code == 404
    answer(review, "Sớm quá")
    review.refresh_from_db()
    assert review.answer == ""


def test_the_dashboards_menu_leads_to_the_page_where_words_stay_as_they_are(
    moderator: User,
) -> None:
    User.objects.filter(pk=moderator.pk).update(is_superuser=True)
    response = signed_in(moderator).get("/quan-ly/reviews/")
    assert response.status_code == 302
    assert response["Location"] == reverse("reviews-staff:queue")
