"""The programme's board, its plan, and what everybody may see of it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from cms.demo.trade import load_plan
from shop.places.models import FormerCommune
from shop.producers.models import CertificateProposal
from shop.programme.dossiers import Standing, by_commune, dossiers_on, standing_for
from shop.programme.models import ProgrammePlan
from shop.programme.progress import progress_of_all
from shop.programme.sales import by_product, sales_of
from shop.staff import OFFICE, STAFF, ensure_staff_group
from tests.factories import (
    a_certificate,
    a_producer,
    a_product,
    a_spirit,
    a_staff_member,
    an_order,
    in_group,
    signed_in,
)

pytestmark = pytest.mark.django_db

BOARD, PUBLIC = "/quan-ly/chuong-trinh/", "/chuong-trinh-ocop/"


@pytest.fixture
def office() -> Client:
    ensure_staff_group()
    return signed_in(in_group(a_staff_member(), OFFICE))


def a_plan(**facts: object) -> ProgrammePlan:
    facts = {
        "year": 2024,
        "place": "huyện Lục Nam",
        "new_at_3_stars_or_more": 7,
        "re_evaluations": 2,
        "source": "Bài báo, 27/4/2024",
        **facts,
    }
    return ProgrammePlan.objects.create(**facts)


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (181, Standing.VALID),
        (180, Standing.WITHIN_180),
        (91, Standing.WITHIN_180),
        (90, Standing.WITHIN_90),
        (31, Standing.WITHIN_90),
        (30, Standing.WITHIN_30),
        (1, Standing.WITHIN_30),
    ],
)
def test_reminders_come_at_180_90_and_30_days(days: int, standing: Standing) -> None:
    assert standing_for(days) == standing
    today = timezone.localdate()
    a_certificate(a_product(), expires_on=today + timedelta(days=days))
    assert [one.standing for one in dossiers_on(today)] == [standing]


def test_each_state_is_told_from_the_others() -> None:
    today = timezone.localdate()
    a_certificate(a_product("Đăng ký"), stars=None, registered_year=2024)
    reviewed = a_product("Chờ")
    a_certificate(reviewed, stars=None, registered_year=2024)
    CertificateProposal.objects.create(
        product=reviewed,
        stars=3,
        decision_number="1/QĐ",
        decided_on=today,
        issuer="UBND",
        scan=SimpleUploadedFile("a.pdf", b"%PDF-1.4"),
    )
    a_certificate(a_product("Thu hồi"), revoked_on=today)
    a_certificate(a_product("Hết hạn"), expires_on=today)
    both = a_product("Có cả hai")
    a_certificate(both, expires_on=today - timedelta(days=3))
    a_certificate(both)
    assert {one.product.title: one.standing for one in dossiers_on(today)} == {
        "Đăng ký": Standing.REGISTERED,
        "Chờ": Standing.IN_REVIEW,
        "Thu hồi": Standing.REVOKED,
        "Hết hạn": Standing.EXPIRED,
        "Có cả hai": Standing.VALID,
    }


def test_communes_have_their_present_and_former_names() -> None:
    former = FormerCommune.objects.filter(name="Yên Sơn", former_district="Lục Nam").get()
    a_certificate(a_product(origin=former.ward, former_origin=former))
    (commune,) = by_commune(dossiers_on(timezone.localdate()))
    assert "Bắc Lũng" in commune.present
    assert "Yên Sơn" in commune.former[0]
    assert commune.total == 1


def test_a_plan_counts_what_dossiers_say_and_awards_nothing() -> None:
    plan = a_plan()
    for number in range(7):
        a_certificate(a_product(f"Mới {number}"), stars=None, registered_year=2024)
    a_certificate(a_product("Lại 1"), stars=None, registered_year=2024, dossier="re_evaluation")
    a_certificate(
        a_product("Lại 2"),
        stars=4,
        registered_year=2024,
        dossier="re_evaluation",
        decided_on=date(2025, 3, 19),
    )
    a_certificate(a_product("Năm khác"), stars=3, registered_year=2023)
    (progress,) = progress_of_all([plan])
    assert (progress.new.planned, progress.new.registered, progress.new.recognised) == (7, 7, 0)
    assert (progress.again.registered, progress.again.recognised) == (2, 1)
    assert progress.again.percent == 50


def test_a_plan_of_a_former_district_counts_its_own_communes() -> None:
    former = FormerCommune.objects.filter(name="Yên Sơn", former_district="Lục Nam").get()
    other = FormerCommune.objects.exclude(former_district="Lục Nam").first()
    a_certificate(a_product(former_origin=former), stars=None, registered_year=2024)
    a_certificate(a_product(former_origin=other), stars=None, registered_year=2024)
    (progress,) = progress_of_all([a_plan(former_district="Lục Nam")])
    assert progress.new.registered == 1


def test_the_demos_plan_is_the_articles() -> None:
    load_plan()
    load_plan()
    plan = ProgrammePlan.objects.get()
    assert (plan.year, plan.new_at_3_stars_or_more, plan.re_evaluations) == (2024, 7, 2)
    assert "27/4/2024" in plan.source


def test_the_office_sees_the_board_and_nobodys_name(office: Client) -> None:
    maker = a_producer("Tổ hợp tác bánh mật")
    product = a_product("Bánh mật", producer=maker, price=50_000)
    a_certificate(product, expires_on=timezone.localdate() + timedelta(days=20))
    order = an_order(product, 2, email="hoa@example.vn")
    a_plan()
    page = office.get(BOARD).content.decode()
    for words in ("Bánh mật", "Tổ hợp tác bánh mật", "100.000", "huyện Lục Nam"):
        assert words in page
    for words in ("Nguyễn Thị Hoa", "hoa@example.vn", order.number):
        assert words not in page
    for closed in ("/quan-ly/don-hang/", f"/quan-ly/don-hang/{order.number}/", "/quan-ly/kien/"):
        assert office.get(closed).status_code == 403


def test_sales_are_summed_by_month_without_what_fell() -> None:
    product = a_product("Bánh mật", price=50_000, stock=20)
    an_order(product, 2)
    order = an_order(product, 3)
    order.set_status("cancelled")
    sales = sales_of(timezone.localdate().year)
    assert [(sale.product, sale.quantity, int(sale.revenue)) for sale in sales] == [
        ("Bánh mật", 2, 100_000)
    ]
    assert by_product(sales)[0].month is None


def test_the_report_is_a_spreadsheet_that_computes_nothing(office: Client) -> None:
    product = a_product("=1+1")
    a_certificate(product, source="=HYPERLINK()")
    a_plan()
    an_order(product)
    book = load_workbook(BytesIO(office.get(f"{BOARD}bao-cao.xlsx").content))
    assert len(book.sheetnames) == 4
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "Nguyễn" not in str([cell.value for cell in cells])
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_the_office_keeps_the_plan(office: Client) -> None:
    data = {
        "year": 2026,
        "place": "xã Bắc Lũng",
        "new_at_3_stars_or_more": 3,
        "re_evaluations": 1,
        "source": "Kế hoạch số 12/KH-UBND",
        "ward_name": "Bắc Lũng",
    }
    assert office.post(f"{BOARD}ke-hoach/moi/", {**data, "source": ""}).status_code == 422
    assert office.post(f"{BOARD}ke-hoach/moi/", data).status_code == 302
    plan = ProgrammePlan.objects.get()
    assert plan.ward is not None
    assert plan.ward.name == "Bắc Lũng"
    data["re_evaluations"] = 4
    office.post(f"{BOARD}ke-hoach/{plan.pk}/", data)
    plan.refresh_from_db()
    assert plan.re_evaluations == 4
    assert LogEntry.objects.get_for_object(plan).count() == 2
    two_places = {**data, "former_district": "Lục Nam"}
    assert office.post(f"{BOARD}ke-hoach/{plan.pk}/", two_places).status_code == 422


def test_shop_staff_do_not_edit_the_programmes_plan() -> None:
    ensure_staff_group()
    client = signed_in(in_group(a_staff_member(), STAFF))
    assert client.get(BOARD).status_code == 403
    assert client.get(f"{BOARD}ke-hoach/moi/").status_code == 403
    assert client.get(f"{BOARD}bao-cao.xlsx").status_code == 403


@pytest.mark.parametrize("language", ["", "/en"])
def test_everybody_sees_the_progress_and_no_sales(language: str) -> None:
    a_plan(is_public=True)
    a_plan(year=2026, place="nội bộ")
    product = a_product("Bánh mật", price=50_000)
    a_certificate(product, stars=None, registered_year=2024)
    a_certificate(a_spirit("Rượu nếp"), stars=None, registered_year=2024)
    an_order(product)
    response = Client().get(f"{language}{PUBLIC}")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Bánh mật" in page
    assert "Bài báo, 27/4/2024" in page
    assert "nội bộ" not in page
    assert "Rượu nếp" not in page
    assert "50.000" not in page


def test_the_page_is_in_the_footer_and_the_sitemap() -> None:
    assert PUBLIC in Client().get("/san-pham/").content.decode()
    assert PUBLIC in Client().get("/sitemap-phien-cho.xml").content.decode()


def test_the_board_asks_as_much_for_many_dossiers_as_for_one(office: Client) -> None:
    a_certificate(a_product())
    a_plan()
    office.get(BOARD)
    with CaptureQueriesContext(connection) as one:
        office.get(BOARD)
    for _number in range(4):
        a_certificate(a_product())
    a_plan(year=2025)
    with CaptureQueriesContext(connection) as more:
        office.get(BOARD)
    assert len(more) == len(one)
