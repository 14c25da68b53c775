"""ingest: what is there is taken, the sample or Kaggle's files are landed whole, every refusal is one clear line."""

import base64
import importlib.util
import json
import zlib

import ingest
import kaggle_api
import kaggle_server
import pytest
from conftest import SAMPLE

PATTERNS = "data_*.txt,titles.csv"
FILES = {
    "data_1.txt": b"1:\n1,5,2001-01-01\n" * 900,
    "data_2.txt": bytes(range(256)) * 9000,
    "titles.csv": b"1,1999,A Film\n",
    "other.md": b"nobody asked for it",
}
ASKED = sorted(set(FILES) - {"other.md"})


@pytest.fixture
def kaggle(monkeypatch, tmp_path):
    server = kaggle_server.Kaggle(dict(FILES))
    server.waits = []
    monkeypatch.setattr(kaggle_api, "sleep", server.waits.append)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("KAGGLE_API_ENDPOINT", server.api.url)
    monkeypatch.setenv("KAGGLE_USERNAME", kaggle_server.USER)
    monkeypatch.setenv("KAGGLE_KEY", kaggle_server.KEY)
    monkeypatch.setenv("KAGGLE_CONFIG_DIR", str(tmp_path / "nowhere"))
    yield server
    server.close()


@pytest.fixture
def land(lake, run):
    def land(from_kaggle, *, dataset=kaggle_server.DATASET, files=PATTERNS, folder="x", secret=None, refresh=None):
        args = [dataset, f"{lake.uri}/bronze/{folder}/", "--files", files, "--from-kaggle", str(from_kaggle).lower()]
        args += ["--secret", secret] if secret is not None else []
        args += ["--refresh", str(refresh).lower()] if refresh is not None else []
        code, out, err = run(ingest, *args)
        assert "Traceback" not in err and kaggle_server.KEY not in out + err and "s3cret" not in out + err
        assert base64.b64encode(f"{kaggle_server.USER}:{kaggle_server.KEY}".encode()).decode() not in out + err
        assert err.count("\n") == (0 if code == 0 else 1)
        return code, out, err

    return land


def content(lake, folder="x"):
    return {name: (lake.path / "bronze" / folder / name).read_bytes() for name in lake.names(f"bronze/{folder}")}


def asked(files):
    return {name: files[name] for name in ASKED}


# What is there already, and the sample


def test_files_that_are_there_are_taken_as_they_are(lake, land, monkeypatch):
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(SAMPLE))
    for name in ASKED:
        lake.write(f"bronze/x/{name}", "mine")
    for from_kaggle in (False, True):
        code, out, _ = land(from_kaggle)
        assert code == 0 and out.count("already there (4 bytes), taken as it is") == 3
    assert content(lake) == dict.fromkeys(ASKED, b"mine")
    assert not (lake.path / "bronze/x/_ingest.json").exists()


def test_the_sample_is_landed_and_renewed(lake, land, monkeypatch, tmp_path):
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(tmp_path))
    (tmp_path / "x").mkdir()
    for name, text in FILES.items():
        (tmp_path / "x" / name).write_bytes(text)
    assert land(False)[0] == 0
    assert content(lake) == asked(FILES)
    (tmp_path / "x/titles.csv").write_bytes(b"2,2000,Another\n")
    (tmp_path / "x/data_2.txt").unlink()
    assert land(False)[0] == 0
    assert content(lake) == {"data_1.txt": FILES["data_1.txt"], "titles.csv": b"2,2000,Another\n"}


def test_the_shipped_sample(lake, land, monkeypatch):
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(SAMPLE))
    code, _, _ = land(False, files="combined_data_*.txt,movie_titles.csv", folder="netflix")
    assert code == 0 and len(content(lake, "netflix")) == 5


def test_nothing_there_and_nothing_to_land(lake, land, monkeypatch, tmp_path):
    monkeypatch.delenv("DAGWRIGHT_SAMPLE", raising=False)
    code, _, err = land(False)
    assert code == 1 and "no file for data_*.txt, titles.csv" in err and "fromKaggle" in err
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(tmp_path))
    code, _, err = land(False)
    assert code == 1 and "has no file for data_*.txt" in err and str(tmp_path) in err


@pytest.mark.parametrize("mounted", [False, True])
def test_a_part_of_the_files_is_taken_as_it_is_and_no_sample_mixed_in(lake, land, monkeypatch, mounted):
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(SAMPLE))
    if mounted:
        monkeypatch.setenv("DAGWRIGHT_READ_ONLY", f"{lake.uri}/bronze/")
    lake.write("bronze/netflix/movie_titles.csv", "1,1999,Mine\n")
    code, out, _ = land(mounted, files="combined_data_*.txt,movie_titles.csv", folder="netflix")
    assert code == 0 and "has no file for combined_data_*.txt: going on without" in out
    assert "movie_titles.csv: already there (12 bytes), taken as it is" in out
    assert lake.names("bronze/netflix") == ["movie_titles.csv"]


@pytest.mark.parametrize("from_kaggle", [False, True])
def test_a_sample_that_somebody_edited_is_theirs(spark, lake, land, monkeypatch, from_kaggle):
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(SAMPLE))
    land(False, files="combined_data_*.txt,movie_titles.csv", folder="netflix")
    lake.write("bronze/netflix/movie_titles.csv", "1,1999,Mine\n")
    code, out, _ = land(from_kaggle, files="combined_data_*.txt,movie_titles.csv", folder="netflix")
    assert code == 0 and out.count("taken as it is") == 5
    assert [row.value for row in spark.read.text(f"{lake.uri}/bronze/netflix/movie_titles.csv").collect()] == [
        "1,1999,Mine"
    ]


@pytest.mark.parametrize("from_kaggle", [False, True])
def test_nothing_is_landed_where_a_folder_is_mounted(lake, land, monkeypatch, from_kaggle):
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(SAMPLE))
    monkeypatch.setenv("DAGWRIGHT_READ_ONLY", f"s3://other/,{lake.uri}/bronze/")
    code, _, err = land(from_kaggle, files="combined_data_*.txt,movie_titles.csv", folder="netflix")
    assert code == 1 and "no file for combined_data_*.txt, movie_titles.csv: put it into the folder" in err
    assert lake.names("bronze/netflix") == []


# Kaggle


def test_files_one_by_one(lake, land, kaggle):
    kaggle.zipped = {"data_2.txt"}
    code, out, _ = land(True)
    assert code == 0 and content(lake) == asked(FILES)
    assert f"data_2.txt: landed ({len(FILES['data_2.txt']):,} bytes)" in out
    mark = json.loads((lake.path / "bronze/x/_ingest.json").read_text())
    sizes = {name: len(FILES[name]) for name in ASKED}
    sources = mark.pop("sources")
    assert mark == {"from": "kaggle", "dataset": kaggle_server.DATASET, "complete": True, "files": sizes}
    assert {name: source["crc32"] for name, source in sources.items()} == {n: zlib.crc32(FILES[n]) for n in ASKED}
    # The API has seen the credentials, the storage (another origin) has not.
    assert all(authorization for _, authorization in kaggle.api.seen)
    assert not any(authorization for _, authorization in kaggle.storage.seen)
    assert {name for name, _, _ in kaggle.sent} == {f"/file/{name}" for name in ASKED} and kaggle.sent_twice() == 0
    assert not (lake.path / "bronze/x/_arriving").exists()
    # A second run asks for nothing.
    before = len(kaggle.api.seen)
    code, out, _ = land(True)
    assert code == 0 and "taken as it is" in out and len(kaggle.api.seen) == before


def test_the_endpoint_may_bear_the_apis_path(lake, land, kaggle, monkeypatch):
    monkeypatch.setenv("KAGGLE_API_ENDPOINT", kaggle.api.url + "/api/v1/")
    assert land(True)[0] == 0 and content(lake) == asked(FILES)


def test_a_redirect_within_the_api_keeps_the_credentials(lake, land, kaggle):
    answer = kaggle._answer

    def moved(path, headers):
        if "/download/" in path and "moved" not in path:
            return 302, {"Location": path + "?moved"}, b""
        return answer(path, headers)

    kaggle.api.close()
    kaggle.api = kaggle_server.Server(moved)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAGGLE_API_ENDPOINT", kaggle.api.url)
        assert land(True)[0] == 0 and content(lake) == asked(FILES)


def test_the_whole_dataset_where_files_are_not_listed(lake, land, kaggle):
    kaggle.unlisted = True
    assert land(True)[0] == 0 and content(lake) == asked(FILES)
    assert {name for name, _, _ in kaggle.sent} == {"/all"} and kaggle.sent_twice() == 0


def test_names_without_wildcards_need_no_list(lake, land, kaggle):
    kaggle.unlisted = True
    assert land(True, files="titles.csv,data_1.txt")[0] == 0
    assert lake.names("bronze/x") == ["data_1.txt", "titles.csv"]
    assert {name for name, _, _ in kaggle.sent} == {"/file/data_1.txt", "/file/titles.csv"}


def test_the_whole_dataset_where_one_file_is_not_given(lake, land, kaggle):
    kaggle.lacking = {"data_2.txt"}
    assert land(True)[0] == 0 and content(lake) == asked(FILES)


def test_a_download_replaces_the_sample(lake, land, kaggle, monkeypatch, tmp_path):
    monkeypatch.setenv("DAGWRIGHT_SAMPLE", str(tmp_path))
    (tmp_path / "x").mkdir()
    for name in (*ASKED, "data_9.txt"):
        (tmp_path / "x" / name).write_bytes(b"sample")
    assert land(False)[0] == 0 and len(content(lake)) == 4
    assert land(True)[0] == 0 and content(lake) == asked(FILES)
    assert "taken as it is" in land(False)[1]


def test_what_a_broken_download_left_is_fetched_again(lake, land, kaggle):
    kaggle.files["data_2.txt"] = FILES["data_2.txt"][:9]
    kaggle.status["/api/v1/datasets/download/owner/some-data/titles.csv"] = 429
    assert land(True)[0] == 3
    assert lake.names("bronze/x") == ["data_1.txt", "data_2.txt"]
    kaggle.status, kaggle.files["data_2.txt"] = {}, FILES["data_2.txt"]
    assert land(True)[0] == 0 and content(lake) == asked(FILES)


def test_credentials_from_kaggle_json(lake, land, kaggle, monkeypatch, tmp_path):
    monkeypatch.delenv("KAGGLE_USERNAME")
    (tmp_path / "nowhere").mkdir()
    file = tmp_path / "nowhere/kaggle.json"
    file.write_text('{"username": "someone"}')
    code, _, err = land(True)
    assert code == 1 and f"{file} is not" in err
    file.write_text(json.dumps({"username": kaggle_server.USER, "key": kaggle_server.KEY}))
    assert land(True)[0] == 0 and content(lake) == asked(FILES)


def test_credentials_from_secrets_manager(lake, land, kaggle, monkeypatch, tmp_path):
    """The aws command, as EMR has it, stood in for by a script that records how it was called."""
    monkeypatch.delenv("KAGGLE_USERNAME")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    secret = json.dumps({"username": kaggle_server.USER, "key": kaggle_server.KEY})
    command = tmp_path / "aws"
    command.write_text(f"#!/bin/sh\necho \"$@\" > {tmp_path}/called\ncat <<'END'\n{secret}\nEND\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    arn = "arn:aws:secretsmanager:sa-east-1:1234:secret:kaggle"
    assert land(True, secret=arn)[0] == 0 and content(lake) == asked(FILES)
    called = (tmp_path / "called").read_text()
    assert called == (
        f"secretsmanager get-secret-value --secret-id {arn} --region sa-east-1 --query SecretString --output text\n"
    )
    command.write_text("#!/bin/sh\necho 'An error occurred: not found' >&2\nexit 254\n")
    for name in ASKED:
        (lake.path / "bronze/x" / name).unlink()
    code, _, err = land(True, secret="kaggle")
    assert code == 1 and "the secret kaggle cannot be read" in err and "not found" in err


def test_no_credentials(lake, land, kaggle, monkeypatch):
    monkeypatch.delenv("KAGGLE_USERNAME")
    code, _, err = land(True, secret="")
    assert code == 1 and "no Kaggle credentials: set KAGGLE_USERNAME" in err and kaggle.api.seen == []


@pytest.mark.parametrize(
    "status, code, words",
    [(403, 1, "accept its rules"), (404, 1, "check its name"), (429, 3, "in 30 seconds"), (503, 3, "answered 503")],
)
def test_refusals(lake, land, kaggle, status, code, words):
    kaggle.status["/api/v1/"] = status
    found, _, err = land(True)
    assert found == code and f"{status}" in err and words in err
    assert lake.names("bronze/x") == []


def test_wrong_credentials(lake, land, kaggle, monkeypatch):
    monkeypatch.setenv("KAGGLE_USERNAME", "somebody else")
    code, _, err = land(True)
    assert code == 1 and "does not accept the credentials (401)" in err


def test_a_download_that_breaks_off(lake, land, kaggle):
    kaggle.cut = 5
    code, _, err = land(True)
    assert code == 3 and "try again" in err and lake.names("bronze/x") == []


def test_a_broken_archive(lake, land, kaggle):
    kaggle.files["data_1.txt"] = b"PK\x03\x04 and no more of a zip"
    code, _, err = land(True)
    assert code == 3 and "broken" in err and lake.names("bronze/x") == []


def test_a_web_page_in_place_of_the_file(lake, land, kaggle):
    kaggle.login_page = True
    code, _, err = land(True)
    assert code == 1 and "web page in place of data_1.txt" in err


def test_a_dataset_without_the_files(lake, land, kaggle):
    code, _, err = land(True, files="data_*.txt,*.parquet")
    assert code == 1 and "no file for *.parquet. It has: data_1.txt" in err


def test_nobody_answers(lake, land, kaggle, monkeypatch):
    kaggle.api.close()
    code, _, err = land(True)
    assert code == 3 and f"Kaggle cannot be reached ({kaggle.api.url})" in err
