"""Bronze that is missing, empty or not in its format: one line that says where and what to do, nothing written."""

import main
import pytest
import sources


def refused(lake, run, source, *words):
    code, out, err = run(main, "silver", source, lake.uri)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1 and "Traceback" not in err
    for word in words:
        assert word in err
    assert lake.names("silver/tables") == []


def test_nothing_there(lake, run):
    refused(lake, run, "netflix", "bronze/netflix/ has no combined_data_1.txt", "ingest")
    refused(lake, run, "amazon", "bronze/amazon/ has no amazon_reviews_us_", "ingest")


@pytest.mark.parametrize("name", ["combined_data_1.txt", "combined_data_2.txt", "movie_titles.csv"])
def test_a_netflix_file_is_missing(lake, run, name):
    sources.netflix(lake, *[sources.RATINGS] * 3)
    (lake.path / "bronze/netflix" / name).unlink()
    refused(lake, run, "netflix", name)


@pytest.mark.parametrize("name", ["combined_data_2.txt", "movie_titles.csv"])
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\x00\xff\xfe\x01 rubbish", b"<html>\n<p>Sign in, please</p>\n"])
def test_a_netflix_file_is_empty_or_something_else(lake, run, name, content):
    sources.netflix(lake, *[sources.RATINGS] * 3)
    lake.write(f"bronze/netflix/{name}", content)
    refused(lake, run, "netflix", f"bronze/netflix/{name} is", "empty" if content == b"" else "not in its format")


@pytest.mark.parametrize("content", ["7,4,2004-01-01\n", "1:\n2:\n", "1:\n7,9,2004-01-01\n"])
def test_half_of_the_format_is_not_the_format(lake, run, content):
    sources.netflix(lake, content)
    refused(lake, run, "netflix", "combined_data_1.txt is not in its format")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        sources.HEADER + "\n",
        sources.HEADER.replace("\t", ",") + "\n" + sources.review() + "\n",
        sources.review() + "\n",
        sources.HEADER + "\nUS\t7\n\n",
    ],
    ids=["empty", "blank", "header only", "commas", "no header", "short rows only"],
)
def test_an_amazon_file_is_empty_or_something_else(lake, run, content):
    sources.amazon(lake)
    sources.amazon(lake, content, name="Video_DVD")
    refused(lake, run, "amazon", "amazon_reviews_us_Video_DVD_v1_00.tsv is", "empty" if content == b"" else "format")


def test_earlier_tables_stay_when_new_data_is_refused(spark, lake, run):
    sources.netflix(lake)
    run(main, "silver", "netflix", lake.uri)
    lake.write("bronze/netflix/movie_titles.csv", "rubbish\n")
    assert run(main, "silver", "netflix", lake.uri)[0] == 1
    assert spark.read.parquet(f"{lake.uri}/silver/tables/processed_netflix").count() == 1


def test_what_spark_itself_fails_on_is_one_line_too(lake, run):
    sources.netflix(lake)
    lake.write("silver/tables", "a file where the folder of the tables should be")
    code, _, err = run(main, "silver", "netflix", lake.uri)
    assert code == 3 and err.count("\n") == 1 and err.startswith("main.py: silver netflix failed: ")


@pytest.mark.parametrize(
    "fault, said",
    [
        ("java.io.IOException: No space left on device.", "the disk of s3://b, or that of Spark’s own files, is full: make room"),
        ("AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403).", "this job may not use s3://b: allow it"),
        ("java.lang.IllegalStateException: SparkContext was shut down.", ""),
    ],
)
def test_what_can_be_mended_is_said_once(fault, said):
    found = main.remedy(fault, "s3://b")
    assert said in found and found.count("then run this step again") == (said != "")


@pytest.mark.parametrize("args", [(), ("silver",), ("silver", "imdb", "s3://x"), ("gold",), ("bronze", "s3://x")])
def test_wrong_usage(args):
    with pytest.raises(SystemExit) as stopped:
        main.main(list(args))
    assert stopped.value.code == 2
