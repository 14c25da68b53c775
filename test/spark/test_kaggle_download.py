"""Downloads from Kaggle on its bad days: each cut is taken up at the next byte, nothing is landed that does not agree."""

import base64
import gzip
import hashlib
import io
import json
import random
import subprocess
import zipfile

import archive
import kaggle_api
import kaggle_credentials
import kaggle_server
import landing
import pytest
from conftest import of_all
from test_ingest import kaggle, land  # noqa: F401 - fixtures

NOISE = random.Random(1).randbytes
TEXT = b"".join(b"%d,%d,2001-01-01\n" % (n, n % 5) for n in range(400))


@pytest.fixture
def small(monkeypatch):
    """Blocks, pieces and heads of a few bytes, so that a small file has every boundary."""
    monkeypatch.setattr(landing, "BLOCK", 64)
    monkeypatch.setattr(landing, "SPOOL", 50)
    monkeypatch.setattr(kaggle_api, "CHUNK", 16)
    monkeypatch.setattr(kaggle_api, "HEAD", 8)
    monkeypatch.setattr(archive, "READ", 32)
    monkeypatch.setattr(archive, "TAIL", 40)


def landed(lake, folder, name):
    return (lake.path / "bronze" / folder / name).read_bytes()


def nothing_left(lake, folder="x"):
    return sorted(p.name for p in (lake.path / "bronze" / folder).iterdir() if p.name[0] == "_") == ["_ingest.json"]


# A connection that is cut


@of_all
def test_a_cut_at_any_byte_is_taken_up_at_the_next(lake, land, kaggle, small):  # noqa: F811
    body = NOISE(150)
    kaggle.files = {"a.bin": body}
    for at in range(len(body) + 1):
        kaggle.sent, kaggle.waits = [], []
        kaggle.cuts = [at] if at < 8 else [8, at - 8]
        code, _, err = land(True, files="a.bin", folder=f"x{at}")
        assert (code, err) == (0, "") and landed(lake, f"x{at}", "a.bin") == body
        assert kaggle.sent_twice() <= (at if at < 8 else 0), f"cut at {at}"
        assert len(kaggle.waits) <= 1 and nothing_left(lake, f"x{at}")


@of_all
def test_a_member_of_an_archive_is_cut_at_any_byte(lake, land, kaggle, small):  # noqa: F811
    kaggle.files = {"a.txt": TEXT[:300], "b.txt": NOISE(70), "unwanted.bin": NOISE(5000)}
    kaggle.unlisted = True
    whole = len(kaggle_server.packed({"folder/" + name: content for name, content in kaggle.files.items()}))
    for at in range(0, 250, 7):
        kaggle.sent, kaggle.cuts = [], [8, 40, at % 60, at % 13, at]
        code, _, err = land(True, files="?.txt", folder=f"x{at}")
        assert (code, err) == (0, "")
        assert landed(lake, f"x{at}", "a.txt") == TEXT[:300] and landed(lake, f"x{at}", "b.txt") == kaggle.files["b.txt"]
        # The head and the directory are looked at, and of the files only those that are wanted.
        assert sum(count for _, _, count in kaggle.sent) < whole - 4000, kaggle.sent
        assert nothing_left(lake, f"x{at}")


def test_another_process_goes_on_where_the_first_gave_up(lake, land, kaggle, small):  # noqa: F811
    body = NOISE(1000)
    kaggle.files = {"a.bin": body}
    for at in (8, 9, 63, 64, 72, 500, 999):
        folder, kaggle.sent = f"x{at}", []
        kaggle.cuts = [8, *([at - 8] if at > 8 else []), *[0] * 6]
        code, out, err = land(True, files="a.bin", folder=folder)
        assert code == 3 and f"broke off at byte {at} of 1,000" in err and "it goes on from there" in err
        assert lake.names(f"bronze/{folder}") == [] and len(kaggle.waits) == 5
        kaggle.waits.clear()
        kaggle.cuts = []
        code, out, _ = land(True, files="a.bin", folder=folder)
        assert code == 0 and landed(lake, folder, "a.bin") == body and nothing_left(lake, folder)
        assert f"a.bin: {at:,} bytes had arrived, going on from there" in out
        assert kaggle.sent_twice() == 8  # the head, which tells that it is the same file


def test_what_was_landed_whole_is_not_fetched_again(lake, land, kaggle):  # noqa: F811
    kaggle.status["/file/titles.csv"] = 503
    assert land(True)[0] == 3 and lake.names("bronze/x") == ["data_1.txt", "data_2.txt"]
    kaggle.status, kaggle.sent = {}, []
    code, out, _ = land(True)
    assert code == 0 and out.count("already there, unchanged at Kaggle") == 2
    assert sum(count for name, _, count in kaggle.sent if name != "/file/titles.csv") == 2 * kaggle_api.HEAD
    assert landed(lake, "x", "data_2.txt") == kaggle.files["data_2.txt"] and nothing_left(lake)


def test_a_file_that_kaggle_gives_in_the_archive_alone_next_time(lake, land, kaggle):  # noqa: F811
    kaggle.status["/file/titles.csv"] = 503
    assert land(True)[0] == 3
    kaggle.status, kaggle.unlisted, kaggle.sent = {}, True, []
    code, out, _ = land(True)
    assert code == 0 and out.count("already there, unchanged at Kaggle") == 2
    assert landed(lake, "x", "titles.csv") == kaggle.files["titles.csv"]


def test_blocks_that_are_cut_or_lost_are_fetched_again(lake, land, kaggle, small):  # noqa: F811
    body = NOISE(1000)
    kaggle.files = {"a.bin": body}
    kaggle.cuts = [8, 700, *[0] * 6]
    assert land(True, files="a.bin")[0] == 3
    arriving = lake.path / "bronze/x/_arriving/a.bin"
    blocks = sorted(path for path in arriving.iterdir() if "-" in path.name and path.name[0] != ".")
    blocks[3].write_bytes(blocks[3].read_bytes()[:5])  # as a process leaves it that is killed while it writes
    (arriving / f".{blocks[3].name}.crc").unlink()
    kaggle.cuts = []
    code, out, _ = land(True, files="a.bin")
    assert code == 0 and landed(lake, "x", "a.bin") == body and nothing_left(lake)
    assert f"a.bin: {int(blocks[3].name.split('-')[0])} bytes had arrived" in out


def test_a_server_that_sends_no_parts(lake, land, kaggle, small):  # noqa: F811
    kaggle.files = {"a.bin": NOISE(1000), "b.txt": TEXT}
    kaggle.zipped, kaggle.ranges = {"b.txt"}, False
    kaggle.cuts = [700]
    code, out, _ = land(True, files="a.bin,b.txt")
    assert code == 0 and landed(lake, "x", "a.bin") == kaggle.files["a.bin"] and landed(lake, "x", "b.txt") == TEXT
    assert "does not send parts" in out and "from its beginning again, passing over 700 bytes" in out and nothing_left(lake)
    kaggle.unlisted = True
    assert land(True, files="*.bin,b.txt", folder="y")[0] == 0
    assert landed(lake, "y", "a.bin") == kaggle.files["a.bin"] and nothing_left(lake, "y")


def test_a_server_that_names_no_versions_is_not_trusted_to_send_the_same(lake, land, kaggle, small):  # noqa: F811
    kaggle.files, kaggle.tags = {"a.bin": NOISE(1000)}, False
    kaggle.cuts = [8, 300, *[0] * 6]
    assert land(True, files="a.bin")[0] == 3
    kaggle.files, kaggle.cuts = {"a.bin": NOISE(1000)}, []
    code, out, _ = land(True, files="a.bin")
    assert code == 0 and landed(lake, "x", "a.bin") == kaggle.files["a.bin"] and "had arrived" not in out


def test_signed_addresses_that_age(lake, land, kaggle, small):  # noqa: F811
    kaggle.files, kaggle.signed = {"a.bin": NOISE(1000)}, 1
    kaggle.cuts = [8, 100, 200, 300]
    assert land(True, files="a.bin")[0] == 0 and landed(lake, "x", "a.bin") == kaggle.files["a.bin"]
    assert kaggle.sent_twice() == 0 and any(path.startswith("/file/") for path, _ in kaggle.storage.seen)


# A file that changes


def test_a_file_that_changes_between_two_tries(lake, land, kaggle, small):  # noqa: F811
    kaggle.files = {"a.bin": NOISE(1000)}
    kaggle.cuts = [8, 500, *[0] * 6]
    assert land(True, files="a.bin")[0] == 3
    kaggle.files, kaggle.cuts = {"a.bin": NOISE(1000)}, []
    code, out, _ = land(True, files="a.bin")
    assert code == 0 and landed(lake, "x", "a.bin") == kaggle.files["a.bin"]
    assert "a.bin: it has changed at Kaggle, what had arrived is not used" in out and nothing_left(lake)


@pytest.mark.parametrize("size", [1000, 400, 1500])
def test_a_file_that_changes_while_it_is_downloaded(lake, land, kaggle, small, size):  # noqa: F811
    kaggle.files = {"a.bin": NOISE(1000), "b.bin": NOISE(90)}
    kaggle.cuts = [8, 500]
    second = NOISE(size)

    def change(name):
        if len(kaggle.sent) == 2:
            kaggle.files["a.bin"] = second

    kaggle.before_sending = change
    code, out, _ = land(True, files="?.bin")
    assert code == 0 and landed(lake, "x", "a.bin") == second and nothing_left(lake)
    assert landed(lake, "x", "b.bin") == kaggle.files["b.bin"]
    assert "changed at Kaggle while it was downloaded: beginning anew" in out


def test_a_file_that_changes_again_and_again(lake, land, kaggle, small):  # noqa: F811
    lake.write("bronze/x/mine.txt", "mine")
    kaggle.cuts = [100] * 100

    def change(name):
        kaggle.files["a.bin"] = NOISE(1000)

    kaggle.files, kaggle.before_sending = {"a.bin": NOISE(1000)}, change
    code, _, err = land(True, files="a.bin")
    assert code == 3 and "changes at Kaggle again and again" in err and lake.names("bronze/x") == ["mine.txt"]


def test_a_refresh_downloads_what_has_changed_alone(lake, land, kaggle):  # noqa: F811
    assert land(True)[0] == 0
    assert land(True, files="other.md")[0] == 0  # another task's file, in the same folder
    kaggle.files["data_1.txt"], kaggle.sent = b"new", []
    assert land(True)[0] == 0 and kaggle.sent == []
    assert land(True, refresh=False)[0] == 0 and kaggle.sent == []
    assert land(True, refresh=True)[0] == 0 and landed(lake, "x", "data_1.txt") == b"new"
    assert landed(lake, "x", "other.md") == kaggle.files["other.md"]
    lake.write("bronze/y/own.txt", "mine")
    assert land(True, folder="y")[0] == 0
    kaggle.files["data_1.txt"], kaggle.sent = b"newer", []
    lake.write("bronze/y/titles.csv", "edited")
    code, out, _ = land(True, folder="y", refresh=True)
    assert code == 0 and landed(lake, "y", "data_1.txt") == b"newer" and landed(lake, "y", "titles.csv") == b"edited"
    assert "data_2.txt: already there, unchanged at Kaggle" in out and landed(lake, "y", "own.txt") == b"mine"
    assert sum(count for name, _, count in kaggle.sent if name == "/file/data_2.txt") == kaggle_api.HEAD
    del kaggle.files["data_1.txt"]
    assert land(True, folder="y", refresh=True)[0] == 0
    assert lake.names("bronze/y") == ["data_2.txt", "own.txt", "titles.csv"] and nothing_left(lake, "y")


def test_what_was_downloaded_for_other_patterns_stays(lake, land, kaggle):  # noqa: F811
    kaggle.status["/file/titles.csv"] = 503
    assert land(True)[0] == 3 and lake.names("bronze/x") == ["data_1.txt", "data_2.txt"]
    kaggle.status = {}
    assert land(True, files="titles.csv")[0] == 0
    assert lake.names("bronze/x") == ["data_1.txt", "data_2.txt", "titles.csv"]


# What is held against what Kaggle states


def test_bytes_that_do_not_agree_with_the_checksum(lake, land, kaggle):  # noqa: F811
    kaggle.hashes["data_2.txt"] = base64.b64encode(hashlib.md5(b"another").digest()).decode()
    code, _, err = land(True)
    assert code == 3 and "data_2.txt: the bytes do not agree with the checksum" in err
    assert lake.names("bronze/x") == ["data_1.txt"] and not (lake.path / "bronze/x/_arriving/data_2.txt").exists()


def test_a_size_that_does_not_agree_with_the_list(lake, land, kaggle):  # noqa: F811
    kaggle.stated["data_2.txt"] = 17
    code, _, err = land(True)
    assert code == 3 and "data_2.txt: Kaggle states 17 bytes and sent 2,304,000" in err
    assert lake.names("bronze/x") == ["data_1.txt"]
    # Of a file that it compresses Kaggle may state the size of what it sends; 0 is none.
    kaggle.zipped = {"data_2.txt"}
    kaggle.stated = {"data_2.txt": len(kaggle_server.packed({"data_2.txt": kaggle.files["data_2.txt"]})), "titles.csv": 0}
    assert land(True)[0] == 0


def damaged(body, at):
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_with_a_wrong_checksum(lake, land, kaggle, method):  # noqa: F811
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made:
        made.writestr("titles.csv", TEXT)
    lake.write("bronze/x/_ingest.json", json.dumps({"from": "kaggle", "dataset": "d", "complete": False, "files": {}}))
    kaggle.unlisted, kaggle.archive = True, damaged(packed.getvalue(), 200)
    code, _, err = land(True, files="*.csv")
    assert code == 3 and "titles.csv: what Kaggle sent is broken" in err and lake.names("bronze/x") == []
    assert not (lake.path / "bronze/x/_arriving/titles.csv").exists()


@pytest.mark.parametrize("keep", [0.2, 0.9, 0.999])
def test_an_archive_that_is_cut(lake, land, kaggle, keep):  # noqa: F811
    lake.write("bronze/x/data_1.txt", "mine")
    whole = kaggle_server.packed(kaggle.files)
    kaggle.unlisted, kaggle.archive = True, whole[: int(len(whole) * keep)]
    code, _, err = land(True, files="data_*.txt,*.csv")
    assert code == 3 and "broken" in err
    assert lake.names("bronze/x") == ["data_1.txt"] and landed(lake, "x", "data_1.txt") == b"mine"


def test_an_encrypted_archive(lake, land, kaggle):  # noqa: F811
    whole = bytearray(kaggle_server.packed({"titles.csv": TEXT}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(signature) + flags] |= 1
    kaggle.unlisted, kaggle.archive = True, bytes(whole)
    code, _, err = land(True, files="*.csv")
    assert code == 1 and "titles.csv is encrypted in Kaggle's archive" in err and lake.names("bronze/x") == []


@pytest.mark.parametrize("name", ["../titles.csv", "a/../../titles.csv", "/etc/titles.csv", "..\\titles.csv", "C:\\titles.csv"])
def test_an_archive_that_lists_paths_outside(lake, land, kaggle, name):  # noqa: F811
    kaggle.unlisted, kaggle.archive = True, kaggle_server.packed({"ok.csv": b"1", name: b"2"})
    code, _, err = land(True, files="*.csv")
    assert code == 1 and f"lists {name}, a path outside" in err and lake.names("bronze/x") == []


# Archives


def test_a_large_archive(lake, land, kaggle, monkeypatch):  # noqa: F811
    """zip64: the fields of the sizes, the offsets and the number of files, as an archive of more than 4 GiB has them."""
    with monkeypatch.context() as patch:
        patch.setattr(zipfile, "ZIP64_LIMIT", 100)
        patch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
        kaggle.archive = kaggle_server.packed({"a/one.txt": TEXT, "a/two.bin": NOISE(5000), "a/": b""})
    assert b"PK\x06\x06" in kaggle.archive and b"PK\x06\x07" in kaggle.archive
    kaggle.unlisted = True
    assert land(True, files="one.*,two.*")[0] == 0 and landed(lake, "x", "one.txt") == TEXT


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_compress(lake, land, kaggle, method):  # noqa: F811
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made:
        made.writestr("titles.csv", TEXT)
        made.comment = b"a comment behind the directory"
    kaggle.unlisted, kaggle.archive = True, packed.getvalue()
    assert land(True, files="*.csv")[0] == 0 and landed(lake, "x", "titles.csv") == TEXT


def test_a_way_to_compress_that_is_not_supported(lake, land, kaggle):  # noqa: F811
    whole = bytearray(kaggle_server.packed({"titles.csv": TEXT}))
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        whole[whole.index(signature) + method] = 9  # Deflate64
    kaggle.unlisted, kaggle.archive = True, bytes(whole)
    code, _, err = land(True, files="*.csv")
    assert code == 1 and "titles.csv is compressed in a way that is not supported" in err


def test_gzip(lake, land, kaggle, small):  # noqa: F811
    both = gzip.compress(TEXT) + gzip.compress(b"and more")  # two members are one file
    kaggle.files = {"a.tsv.gz": both, "b.rds": gzip.compress(b"compressed by its nature"), "c.gz": both}
    assert land(True, files="a.tsv,b.rds,c.gz")[0] == 0
    assert landed(lake, "x", "a.tsv") == TEXT + b"and more"
    assert landed(lake, "x", "b.rds") == kaggle.files["b.rds"] and landed(lake, "x", "c.gz") == both
    # In an archive too, and broken.
    kaggle.unlisted = True
    assert land(True, files="a.*sv", folder="y")[0] == 0 and landed(lake, "y", "a.tsv") == TEXT + b"and more"
    kaggle.files, kaggle.unlisted = {"a.tsv.gz": both[:-5]}, False
    code, _, err = land(True, files="a.tsv", folder="z")
    assert code == 3 and "a.tsv: what Kaggle sent is broken" in err and lake.names("bronze/z") == []


def test_files_that_are_archives_by_their_nature_stay_as_they_are(lake, land, kaggle):  # noqa: F811
    book = kaggle_server.packed({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<y/>"})
    kaggle.files = {"a.xlsx": book, "b.zip": kaggle_server.packed({"in.txt": b"1"}), "c.npz": kaggle_server.packed({"arr": b"1"})}
    assert land(True, files="*")[0] == 0
    assert {name: landed(lake, "x", name) for name in kaggle.files} == kaggle.files


def test_files_without_bytes_and_with_odd_names(lake, land, kaggle):  # noqa: F811
    kaggle.files = {"empty.csv": b"", "one.csv": b"1", "ã b+c%20&d.csv": b"2", "page.html": b"<html>", ".hidden.csv": b"3", "folder/": b""}
    assert land(True, files="*.csv,*.html")[0] == 0
    assert lake.names("bronze/x") == ["empty.csv", "one.csv", "page.html", "ã b+c%20&d.csv"]
    assert landed(lake, "x", "empty.csv") == b"" and landed(lake, "x", "ã b+c%20&d.csv") == b"2"


def test_a_dataset_by_its_address(lake, land, kaggle):  # noqa: F811
    code, _, err = land(True, dataset="https://www.kaggle.com/datasets/owner/some-data")
    assert code == 1 and "is not owner/dataset" in err and kaggle.api.seen == []


def test_a_name_that_hadoop_does_not_take(lake, land, kaggle):  # noqa: F811
    kaggle.files = {"a/b:c.csv": b"1", "d.csv": b"2"}
    code, _, err = land(True, files="*.csv")
    assert code == 1 and "a/b:c.csv of owner/some-data: Hadoop reads no file with a colon" in err
    assert land(True, files="d.*")[0] == 0


def test_two_files_of_one_name(lake, land, kaggle):  # noqa: F811
    kaggle.files = {"2023/a.csv": b"3", "2024/a.csv": b"4"}
    code, _, err = land(True, files="*.csv")
    assert code == 1 and "2023/a.csv and 2024/a.csv of owner/some-data would both become a.csv" in err
    assert land(True, files="2024/*.csv")[0] == 0 and landed(lake, "x", "a.csv") == b"4"
    assert "taken as it is" in land(True, files="2024/*.csv")[1]


# Throttling


def test_throttling_and_faults_are_waited_for(lake, land, kaggle):  # noqa: F811
    kaggle.status = {"/api/v1/datasets/download": [429, 429, 503], "/file/data_2.txt": [500, 502], "/api/v1/datasets/list": [503]}
    code, out, _ = land(True)
    assert code == 0 and landed(lake, "x", "data_2.txt") == kaggle.files["data_2.txt"]
    # As long as Kaggle asks for, else longer each time.
    assert kaggle.waits[:4] == [30, 30, 30, 30] and len(kaggle.waits) == 6
    assert 0.5 <= kaggle.waits[4] <= 1 < kaggle.waits[5] <= 2
    assert "Kaggle answered 429, trying again in 30 s (1 of 5)" in out


def test_waiting_has_an_end(lake, land, kaggle):  # noqa: F811
    kaggle.status["/api/v1/datasets/download"] = 429
    kaggle.retry_after = "Tue, 29 Nov 2033 10:00:00 GMT"
    code, _, err = land(True)
    assert code == 3 and "too many requests (429)" in err and kaggle.waits == []
    kaggle.retry_after = "soon"
    code, _, err = land(True)
    assert code == 3 and "try again in some seconds" in err
    assert [round(wait * 2) / 2 >= 2**n / 2 and wait <= 2**n for n, wait in enumerate(kaggle.waits)] == [True] * 5


# Credentials


@pytest.mark.parametrize("place", ["variable", "file named by the variable", "access_token", "secret as JSON", "secret alone"])
def test_the_newer_token(lake, land, kaggle, monkeypatch, tmp_path, place):  # noqa: F811
    kaggle.token = "KGAT_" + "0a1b" * 8
    secret = None
    (tmp_path / "nobody/.kaggle").mkdir(parents=True)
    if place == "variable":
        monkeypatch.setenv("KAGGLE_API_TOKEN", kaggle.token)
    elif place == "file named by the variable":
        (tmp_path / "token").write_text(kaggle.token + "\n")
        monkeypatch.setenv("KAGGLE_API_TOKEN", str(tmp_path / "token"))
    elif place == "access_token":
        (tmp_path / "nobody/.kaggle/access_token").write_text(kaggle.token + "\n")
    else:
        text = json.dumps({"token": kaggle.token}) if "JSON" in place else kaggle.token
        monkeypatch.delenv("KAGGLE_USERNAME")
        monkeypatch.setattr(kaggle_credentials, "read_secret", lambda name: text if name == "kaggle" else "")
        secret = "kaggle"
    code, out, err = land(True, secret=secret)
    assert code == 0 and kaggle.token not in out + err
    assert {authorization for _, authorization in kaggle.api.seen} == {f"Bearer {kaggle.token}"}
    assert not any(authorization for _, authorization in kaggle.storage.seen)


def test_a_token_that_kaggle_does_not_accept(lake, land, kaggle, monkeypatch):  # noqa: F811
    monkeypatch.setenv("KAGGLE_API_TOKEN", "KGAT_old")
    code, out, err = land(True)
    assert code == 1 and "(401) of KAGGLE_API_TOKEN" in err and "KGAT_old" not in out + err
    monkeypatch.setenv("KAGGLE_API_TOKEN", "two words")
    code, _, err = land(True)
    assert code == 1 and "the Kaggle token is not one word" in err and "two words" not in err


def test_credentials_that_cannot_be_used(lake, land, kaggle, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.delenv("KAGGLE_USERNAME")
    (tmp_path / "nowhere").mkdir()
    file = tmp_path / "nowhere/kaggle.json"
    for content in (b"\xff\xfe not text", b"[]", b'{"username": "someone"}', b""):
        file.write_bytes(content)
        code, _, err = land(True)
        assert code == 1 and f'{file} is not {{"username": …, "key": …}}' in err and kaggle.api.seen == []
    assert land(True, files=" , ")[0] == 2


# Room


@pytest.fixture
def tight(lake):
    """A lake with room for 12 MB."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(lake.path)], capture_output=True)
    if made.returncode:
        pytest.skip("a file system of its own is made by root alone")
    yield lake
    subprocess.run(["umount", "--lazy", str(lake.path)], check=True)


def test_no_room_for_both_an_archive_and_its_contents(tight, land, kaggle):  # noqa: F811
    """Four files of 2 MB that do not compress: 8 MB of contents in an archive of 8 MB."""
    kaggle.files = {f"{n}.bin": NOISE(2_000_000) for n in range(4)}
    kaggle.unlisted = True
    code, _, err = land(True, files="*.bin")
    assert (code, err) == (0, "")
    assert {name: landed(tight, "x", name) for name in kaggle.files} == kaggle.files and nothing_left(tight)


def test_a_full_disk(tight, land, kaggle):  # noqa: F811
    tight.write("bronze/x/mine.txt", "mine")
    tight.write("bronze/y/filler", bytes(7_000_000))
    kaggle.files = {"a.bin": NOISE(1_000_000), "b.bin": NOISE(3_000_000)}
    code, _, err = land(True, files="*.bin")
    assert code == 3 and "b.bin: there is no room for it: make some and run this again" in err
    assert tight.names("bronze/x") == ["a.bin", "mine.txt"] and landed(tight, "x", "a.bin") == kaggle.files["a.bin"]
    (tight.path / "bronze/y/filler").unlink()
    kaggle.sent = []
    code, out, _ = land(True, files="*.bin")
    assert code == 0 and landed(tight, "x", "b.bin") == kaggle.files["b.bin"] and "bytes had arrived" in out
    assert landed(tight, "x", "mine.txt") == b"mine"
