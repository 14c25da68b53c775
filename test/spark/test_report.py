"""report.py: the documents, from CSVs as Athena writes them."""

import os
import re
import subprocess
import sys

import docx
import pytest
import report
from conftest import ROOT


@pytest.fixture
def consultas(tmp_path, monkeypatch):
    monkeypatch.setenv("DAGWRIGHT_S3_ROOT", str(tmp_path))
    folder = tmp_path / "lake" / "consultas"

    def put(question, name, text):
        (folder / question).mkdir(parents=True, exist_ok=True)
        (folder / question / name).write_bytes(text.encode("utf-8"))

    for question in report.QUESTIONS:
        put(question, "0001.csv", '"title"\n"<b>A & ""B""</b>, naïve"\n')
        put(question, "0001.csv.metadata", "not a csv")
    put("01_films_per_platform", "0002.csv", '"source","movie_count"\n"amazon","73"\n"netflix","76"\n')
    os.utime(folder / "01_films_per_platform/0001.csv", (1, 1))
    return folder, put


def run(*args):
    return report.main(["--lake", "s3://lake", *args])


def test_both_documents_have_questions_and_answers(consultas):
    folder, _ = consultas
    assert run("--scriptLocation", "s3://x", "--enable-metrics", "true") == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    text = re.sub("<[^>]+>", "", page.replace("</td>", "|").replace("</th>", "|"))
    document = docx.Document(folder / "email_cliente.docx")
    paragraphs = [p.text for p in document.paragraphs]
    for number, question in enumerate(report.QUESTIONS.values(), 1):
        assert f"{number}. {question}" in page.replace("&#x27;", "'")
        assert f"{number}. {question}" in paragraphs
    assert "source|movie_count|\namazon|73|\nnetflix|76|" in text  # the newest of its CSVs
    assert "&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt;, naïve" in page and "<b>" not in page
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables[0] == [["source", "movie_count"], ["amazon", "73"], ["netflix", "76"]]
    assert tables[1] == [["title"], ['<b>A & "B"</b>, naïve']]
    assert not re.search(r"(src|href)=|@import|url\(", page)  # it is all in the one file


def test_the_same_answers_give_the_same_bytes(consultas):
    folder, _ = consultas
    names = ("report.html", "email_cliente.docx")
    run()
    before = [(folder / name).read_bytes() for name in names]
    command = [sys.executable, str(ROOT / "spark/report.py"), "--lake", "s3://lake"]
    subprocess.run(command, check=True, env={**os.environ, "TZ": "Asia/Tokyo"})
    assert [(folder / name).read_bytes() for name in names] == before


def test_what_is_missing_or_empty_or_long_is_said(consultas, capsys):
    folder, put = consultas
    (folder / "02_amazon_films_on_netflix/0001.csv").unlink()
    put("03_mean_rating_difference", "0001.csv", '"difference"\n')
    rows = report.HTML_ROWS + 3
    put("05_best_rated_not_on_amazon", "0001.csv", '"title"\n' + "".join(f'"Film {n}"\n' for n in range(rows)))
    run()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "There is no answer" in page and "No rows." in page
    assert "And 3 more rows: consultas/05_best_rated_not_on_amazon/0001.csv has all of them." in page
    text = [p.text for p in docx.Document(folder / "email_cliente.docx").paragraphs]
    assert f"And {rows - report.DOCX_ROWS} more rows" in " ".join(text)
    assert "11 of 12 answers" in capsys.readouterr().out


def test_the_questions_are_those_of_the_sql():
    found = {path.stem: path.read_text(encoding="utf-8").split("\n", 1)[0] for path in (ROOT / "sql").glob("*.sql")}
    assert {name: f"-- {text}" for name, text in report.QUESTIONS.items()} == found
    assert list(report.QUESTIONS) == sorted(found)


def test_control_characters_do_not_break_the_document(consultas):
    folder, put = consultas
    put("07_most_rated_films", "0001.csv", '"title"\n"bell \x07 and more"\n')
    assert run() == 0
    assert docx.Document(folder / "email_cliente.docx").tables[6].rows[1].cells[0].text == "bell   and more"
