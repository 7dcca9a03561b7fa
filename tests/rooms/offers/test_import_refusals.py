"""What is refused as a whole: a sentence that names file and place, and nothing read further."""

import json
import os
import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.offers.importing import Refused
from brobygger.offers.importing.pieces import MEGABYTE, MOST_FILES
from brobygger.offers.importing.sheets import sheet
from brobygger.offers.importing.source import Source, read_source

HEADING = "id,name,description\n"


def read(path: Path, mapping: Path | None = None) -> Source:
    return read_source(path, mapping, say=lambda _: None)


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name.replace("__", ".")).write_bytes(data)
    return tmp_path


def zipped(tmp_path: Path, *entries: tuple[str, bytes]) -> Path:
    path = tmp_path / "katalog.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def test_a_binary_file_is_refused_by_name_and_byte(tmp_path):
    with pytest.raises(Refused, match=r"organizations.csv: .*nul-tegn i byte 3"):
        read(folder(tmp_path, organizations__csv=b"id,\0name\n"))


def test_utf_16_is_refused_with_advice(tmp_path):
    with pytest.raises(Refused, match=r"organizations.csv: .*UTF-16.*CSV UTF-8"):
        read(folder(tmp_path, organizations__csv=HEADING.encode("utf-16")))


@pytest.mark.parametrize("broken", [b"\xc3\x28", b"\x81\x8d", "Bjørn".encode() + b"\xe2\x82"])
def test_what_is_neither_utf_8_nor_windows_is_refused(tmp_path, broken):
    with pytest.raises(Refused, match=r"organizations.csv: .*byte 2\d"):
        read(folder(tmp_path, organizations__csv=HEADING.encode() + b"1," + broken + b",x\n"))


def test_windows_1252_is_read_and_said(tmp_path):
    source = read(
        folder(
            tmp_path,
            organizations__csv=(HEADING + "1,Bjørn og Åse,Æbler – \u201cgode\u201d\n").encode("cp1252"),
        )
    )

    assert source.rows[0].get("name") == "Bjørn og Åse"
    assert "Windows-1252" in source.findings[0].what()


def test_missing_columns_are_named_and_what_was_found_is_listed(tmp_path):
    with pytest.raises(Refused, match=r"organizations.csv: Der mangler kolonner: id, name. Fundet: navn, nr"):
        read(folder(tmp_path, organizations__csv="navn,nr\nEsse,1\n"))


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(Refused, match="ingen overskrifter"):
        read(folder(tmp_path, organizations__csv=""))


def test_the_same_heading_twice_is_refused(tmp_path):
    with pytest.raises(Refused, match="Kolonnen name står der to gange"):
        read(folder(tmp_path, organizations__csv="id,name,name\n"))


def test_a_hundred_thousand_columns_are_refused(tmp_path):
    with pytest.raises(Refused, match="100000 kolonner"):
        read(folder(tmp_path, organizations__csv=",".join(f"c{n}" for n in range(100_000))))


def test_a_field_of_a_megabyte_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"længere end 1000000 tegn \(linje 2\)"):
        read(folder(tmp_path, organizations__csv=HEADING + "1," + "x" * 1_000_001 + ",\n"))


def test_a_quote_that_is_never_closed_is_refused_by_line(tmp_path):
    with pytest.raises(Refused, match="i stykker ved linje 3"):
        read(folder(tmp_path, organizations__csv=HEADING + '1,"Esse,x\n2,Ambolten,y\n'))


def test_a_folder_without_a_directory_says_what_it_found(tmp_path):
    with pytest.raises(Refused, match=r"intet, der ligner et katalog. Fundet: noter.txt"):
        read(folder(tmp_path, noter__txt="hej"))


@pytest.mark.parametrize(
    "name", ["../ude.csv", "/etc/passwd", "data/../../ude.csv", "C:\\ude.csv", "..\\ude.csv"]
)
@pytest.mark.asvs("5.3.2")
def test_names_that_lead_out_of_a_zip_are_refused(tmp_path, name):
    with pytest.raises(Refused, match="peger ud af kataloget"):
        read(zipped(tmp_path, ("organizations.csv", HEADING.encode()), (name, b"x")))


@pytest.mark.parametrize("name", ["../ude.csv", "/etc/passwd", "data/../../ude.csv"])
def test_a_descriptor_that_points_out_is_refused(tmp_path, name):
    (tmp_path / "katalog").mkdir()
    (tmp_path / "ude.csv").write_text(HEADING)
    package = json.dumps({"resources": [{"name": "organization", "path": name}]})

    with pytest.raises(Refused, match="peger ud af kataloget"):
        read(folder(tmp_path / "katalog", datapackage__json=package))


@pytest.mark.asvs("1.3.6")
def test_an_address_in_a_descriptor_is_never_fetched(tmp_path):
    package = {"resources": [{"name": "organization", "path": "https://example.invalid/organizations.csv"}]}

    with pytest.raises(Refused, match="Adresser hentes aldrig"):
        read(folder(tmp_path, datapackage__json=json.dumps(package)))


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    (tmp_path / "ude.csv").write_text(HEADING)
    (tmp_path / "katalog").mkdir()
    (tmp_path / "katalog" / "organizations.csv").symlink_to(tmp_path / "ude.csv")

    with pytest.raises(Refused, match="Det er et link"):
        read(tmp_path / "katalog")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "organizations.csv")

    with pytest.raises(Refused, match="andet end en almindelig fil"):
        read(tmp_path)


def test_a_link_in_a_zip_is_refused(tmp_path):
    link = zipfile.ZipInfo("organizations.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "katalog.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(Refused, match="Det er et link"):
        read(tmp_path / "katalog.zip")


@pytest.mark.asvs("5.2.3")
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = zipped(tmp_path, ("organizations.csv", b"0" * (20 * MEGABYTE)))

    with pytest.raises(Refused, match="zip-bombe"):
        read(bomb)


@pytest.mark.asvs("5.2.1")
def test_more_than_two_hundred_megabytes_are_refused(tmp_path):
    big = zipfile.ZipInfo("organizations.csv")
    path = tmp_path / "katalog.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(big, b"x")
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 201 * MEGABYTE)
    path.write_bytes(data)

    with pytest.raises(Refused, match="mere end 200 MB"):
        read(path)


def test_a_zip_that_unpacks_to_more_than_it_says_is_stopped(tmp_path):
    path = zipped(tmp_path, ("organizations.csv", HEADING.encode() + b"x" * 5_000))
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    path.write_bytes(data)

    with pytest.raises(Refused):
        read(path)


@pytest.mark.asvs("5.2.3")
def test_too_many_files_are_refused(tmp_path):
    path = zipped(tmp_path, *((f"{n}.csv", b"") for n in range(MOST_FILES + 1)))

    with pytest.raises(Refused, match="mere end 10000 filer"):
        read(path)


def test_a_broken_zip_is_refused(tmp_path):
    with pytest.raises(Refused, match="Zip-filen er i stykker"):
        read(folder(tmp_path, katalog__zip=b"PK\x03\x04 not really") / "katalog.zip")


def test_broken_json_is_refused_by_line_and_column(tmp_path):
    with pytest.raises(Refused, match=r"services.json: .*linje 2, kolonne 8"):
        read(folder(tmp_path, services__json='{\n "id": }'))


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 5_000])
def test_deep_json_is_refused_without_falling_over(tmp_path, text):
    with pytest.raises(Refused, match="mere end 64 lag dybt"):
        read(folder(tmp_path, services__json=text))


@pytest.mark.parametrize(
    "text", ['[{"id": NaN}]', '[{"id": 1e5, "name": ' + "9" * 5_000 + "}]", "[1, 2]", '"x"', "{}"]
)
def test_json_that_is_not_a_directory_is_refused(tmp_path, text):
    with pytest.raises(Refused):
        read(folder(tmp_path, services__json=text))


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (
            "organizations.csv: {columns: {Navn: {model: planets, field: name}}}",
            "Ukendt navn i mapping: planets",
        ),
        (
            "organizations.csv: {columns: {Navn: {model: organizations, field: colour}}}",
            "organizations.colour",
        ),
        ("organizations.csv: {columns: {Navn: 7}}", "model, field"),
        ("organizations.csv: 7", "columns"),
        ("- a\n- b", "kan ikke læses"),
        ("a: [1", "linje 1"),
        ("a: &x {columns: {N: {model: organizations, field: id}}}\nb: *x", "alias"),
        ("!!python/object/apply:os.system ['touch /tmp/x']", "kan ikke læses"),
        ("../x.csv: {columns: {N: {model: organizations, field: id}}}", "peger ud"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(tmp_path, mapping, said):
    with pytest.raises(Refused, match=said):
        read(folder(tmp_path, mapping__yaml=mapping, organizations__csv="Navn\nEsse\n"))


def test_required_columns_of_a_mapping_are_named(tmp_path):
    mapping = "organizations.csv: {columns: {Nr: {model: organizations, field: id, required: true}}}"

    with pytest.raises(Refused, match=r"organizations.csv: Der mangler kolonner: Nr. Fundet: Navn"):
        read(folder(tmp_path, mapping__yaml=mapping, organizations__csv="Navn\nEsse\n"))


def test_a_file_that_a_mapping_names_must_be_there(tmp_path):
    mapping = "organizations.csv: {columns: {Nr: {model: organizations, field: id}}}"

    with pytest.raises(Refused, match="organizations.csv findes ikke"):
        read(folder(tmp_path, mapping__yaml=mapping))


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fall_over(data):
    with suppress(Refused):
        content = sheet("x.csv", data)
        assert all(cells.fault or cells.values for cells in content.rows)
