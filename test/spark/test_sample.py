"""data/sample is what scripts/generate-sample.py makes, byte for byte, and small."""

import subprocess
import sys

from conftest import ROOT, SAMPLE


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_sample_is_generated(tmp_path):
    subprocess.run([sys.executable, ROOT / "scripts/generate-sample.py", tmp_path], check=True)
    assert files(tmp_path) == files(SAMPLE)


def test_it_has_the_sources_names_and_is_small():
    assert sorted(files(SAMPLE)) == [
        "amazon/amazon_reviews_us_Digital_Video_Download_v1_00.tsv",
        "amazon/amazon_reviews_us_Video_DVD_v1_00.tsv",
        "amazon/amazon_reviews_us_Video_v1_00.tsv",
        "netflix/combined_data_1.txt",
        "netflix/combined_data_2.txt",
        "netflix/combined_data_3.txt",
        "netflix/combined_data_4.txt",
        "netflix/movie_titles.csv",
    ]
    assert sum(map(len, files(SAMPLE).values())) < 300_000
