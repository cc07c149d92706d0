from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError

from shop.places.data import PlaceLists, lists_version
from shop.places.loading import is_up_to_date, load_lists
from shop.places.models import FormerCommune, LoadedList, Province, Ward


def load_places(*args: str) -> str:
    out = StringIO()
    call_command("load_places", *args, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_command_loads_the_country_then_has_nothing_to_do() -> None:
    first = load_places()
    assert "tỉnh, thành phố: thêm 34, sửa 0" in first
    assert "xã, phường: thêm 3321, sửa 0" in first
    assert (Province.objects.count(), Ward.objects.count()) == (34, 3321)
    keys = set(FormerCommune.objects.values_list("pk", flat=True))

    assert "không có gì để nạp" in load_places()
    forced = load_places("--force")
    assert "xã, phường: thêm 0, sửa 0" in forced
    assert set(FormerCommune.objects.values_list("pk", flat=True)) == keys

    Ward.objects.filter(pk="07498").update(is_current=False)
    assert not is_up_to_date()
    assert "xã, phường: thêm 0, sửa 1" in load_places()
    assert is_up_to_date()


@pytest.mark.django_db
def test_command_loads_again_when_the_version_differs(places: None) -> None:
    assert not is_up_to_date()  # part of the list, of no recorded version
    load_places()
    assert is_up_to_date()
    LoadedList.objects.update(version="2025-07-01+000000000000")
    assert not is_up_to_date()
    load_places()
    assert LoadedList.objects.latest().version == lists_version()


def test_a_wrong_row_is_corrected_in_place(places: None, some_lists: PlaceLists) -> None:
    commune = FormerCommune.objects.get(name="Yên Sơn", former_district="Lục Nam")
    FormerCommune.objects.filter(pk=commune.pk).update(ward="07444", folded="")
    Ward.objects.filter(pk="07498").update(name="Yên Sơn", full_name="Xã Yên Sơn", folded="")

    result = load_lists(some_lists)

    assert result.changed == {"province": 0, "ward": 1, "formercommune": 1}
    assert set(result.added.values()) == {0}
    commune.refresh_from_db()
    assert (commune.ward.full_name, commune.ward.folded) == ("Xã Bắc Lũng", "bac lung")
    assert commune.folded == "yen son, luc nam, bac giang"


def test_a_missing_row_comes_back(places: None, some_lists: PlaceLists) -> None:
    FormerCommune.objects.filter(ward="07519").delete()
    Ward.objects.filter(pk="07519").delete()
    result = load_lists(some_lists)
    assert (result.added["ward"], result.added["formercommune"]) == (1, 2)


def test_a_place_that_the_law_ended_is_set_aside_never_deleted(
    places: None, some_lists: PlaceLists
) -> None:
    shorter = replace(some_lists, wards=[r for r in some_lists.wards if r[0] != "07498"])
    # Communes that pointed to it stay as they are.
    shorter = replace(
        shorter, former_communes=[r for r in shorter.former_communes if r[3] != "07498"]
    )

    result = load_lists(shorter)

    assert result.retired == 1
    ended = Ward.objects.get(pk="07498")
    assert not ended.is_current
    assert ended.former_communes.count() == 4
    assert not Ward.objects.in_province("24").filter(pk="07498").exists()
    assert not Ward.objects.search("Bắc Lũng").exists()

    load_lists(some_lists)
    assert Ward.objects.get(pk="07498").is_current


def test_a_ward_in_use_cannot_be_deleted(places: None) -> None:
    with pytest.raises(ProtectedError):
        Ward.objects.get(pk="07498").delete()
    with pytest.raises(ProtectedError):
        Province.objects.get(pk="24").delete()


def test_a_place_renamed_by_hand_is_found_by_its_new_name(places: None) -> None:
    ward = Ward.objects.get(pk="07498")
    ward.name = "Khám Lạng Mới"
    ward.save(update_fields=["name"])
    assert Ward.objects.search("kham lang moi").get() == ward


def test_a_broken_list_changes_nothing(places: None, some_lists: PlaceLists) -> None:
    broken = replace(
        some_lists,
        provinces=[],
        former_communes=[("Bắc Lũng", "Huyện Lục Nam", "Tỉnh Bắc Giang", "07498")],
    )
    with pytest.raises(ValueError, match="Bắc Lũng"):
        load_lists(broken)
    assert Province.objects.current().count() == 34
