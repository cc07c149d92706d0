"""Passwords that are known are refused, without asking anybody; operators make the list anew."""

import hashlib
import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as shop_settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from shop.users.passwords.listing import PasswordList, mark_of, write_list
from shop.users.passwords.validators import KnownPasswordValidator


@pytest.mark.parametrize(
    "password",
    ["1qaz2wsx3edc", "Password123", "qwertyuiop", "matkhau12345", "anhyeuem123", "Abc@123456"],
)
def test_what_everybody_guesses_is_refused_in_words(password: str) -> None:
    with pytest.raises(ValidationError, match="đã bị lộ"):
        KnownPasswordValidator().validate(password)
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["bánh mật lá chuối 88", "bon tu khong lien quan", "x9$Lk2mQz7!p"]
)
def test_what_nobody_knows_is_taken(password: str) -> None:
    validate_password(password)


def test_the_list_that_comes_along_is_five_times_djangos() -> None:
    assert len(PasswordList(shop_settings.PASSWORD_LIST)) > 100_000


@given(st.sets(st.text(max_size=12), max_size=60), st.text(max_size=12))
def test_a_list_holds_what_was_written_and_nothing_else(words: set[str], other: str) -> None:
    from tempfile import TemporaryDirectory

    words = {word for word in words if word.isprintable()}
    file = io.BytesIO()
    write_list(file, sorted(map(mark_of, words)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.bin"
        path.write_bytes(file.getvalue())
        known = PasswordList(path)
        assert all(word in known for word in words)
        if other.isprintable():
            assert (other in known) == (other in words)


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def test_an_operator_makes_it_from_pwned_passwords(tmp_path: Path, settings: LazySettings) -> None:
    seen = {"mua thu la bay": 40, "nang am xa dan": 2}
    lines = sorted(f"{sha1(word)}:{times}" for word, times in seen.items())
    source, output = tmp_path / "pwned.txt", tmp_path / "known.bin"
    source.write_text("\r\n".join(lines) + "\r\n")
    call_command("build_password_list", source, output=output, least=10, stdout=io.StringIO())
    settings.PASSWORD_LIST = output
    with pytest.raises(ValidationError):
        KnownPasswordValidator().validate("Mua thu la bay")
    KnownPasswordValidator().validate("nang am xa dan")


def test_the_downloaders_folder_of_ranges_is_read_too(tmp_path: Path) -> None:
    folder, output = tmp_path / "ranges", tmp_path / "known.bin"
    folder.mkdir()
    for word in ("mua thu la bay", "nang am xa dan"):
        digest = sha1(word)
        (folder / f"{digest[:5]}.txt").write_text(f"{digest[5:]}:3\n")
    call_command("build_password_list", folder, output=output, stdout=io.StringIO())
    assert "mua thu la bay" in PasswordList(output) and "nang am xa dan" in PasswordList(output)


def test_what_is_not_in_order_or_nothing_leaves_the_old_list(tmp_path: Path) -> None:
    source, output = tmp_path / "pwned.txt", tmp_path / "known.bin"
    output.write_bytes(b"old")
    for text, why in (("F" * 40 + ":1\n" + "0" * 40 + ":1\n", "sort it"), ("no hash\n", "Nothing")):
        source.write_text(text)
        with pytest.raises(CommandError, match=why):
            call_command("build_password_list", source, output=output, stdout=io.StringIO())
    assert output.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["known.bin", "pwned.txt"]
