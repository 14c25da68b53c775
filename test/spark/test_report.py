"""report.py: the documents, from CSVs as Athena writes them."""

import html
import os
import re
import subprocess
import sys

import docx
import pytest
import report
from conftest import ROOT, of_all


@pytest.fixture
def consultas(tmp_path, monkeypatch):
    monkeypatch.setenv("DAGWRIGHT_S3_ROOT", str(tmp_path))
    folder = tmp_path / "lake" / "consultas"

    def put(question, name, text):
        (folder / question).mkdir(parents=True, exist_ok=True)
        (folder / question / name).write_bytes(text.encode("utf-8"))

    for question in report.ENGLISH.questions:  # also those of other columns: the SQL is the user's to change
        put(question, "0001.csv", '"title"\n"<b>A & ""B""</b>, naïve"\n')
        put(question, "0001.csv.metadata", "not a csv")
    put("01_films_per_platform", "0002.csv", '"source","movie_count"\n"amazon","73"\n"netflix","1076"\n')
    os.utime(folder / "01_films_per_platform/0001.csv", (1, 1))
    return folder, put


QUESTIONS = report.ENGLISH.questions


def run(*args):
    return report.main(["--lake", "s3://lake", *args])


def texts(page):
    """What a reader sees of a page, the cells of a table apart from each other."""
    text = re.sub("<style.*?</style>|<[^>]+>", "", page.replace("</td>", "|").replace("</th>", "|"), flags=re.DOTALL)
    return html.unescape(text)


def read(folder):
    document = docx.Document(folder / "email_cliente.docx")
    return (folder / "report.html").read_text(encoding="utf-8"), document


def test_both_documents_have_questions_and_answers(consultas):
    folder, _ = consultas
    assert run("--scriptLocation", "s3://x", "--enable-metrics", "true") == 0
    page, document = read(folder)
    paragraphs = [p.text for p in document.paragraphs]
    for number, question in enumerate(QUESTIONS.values(), 1):
        assert f"{number}. {question}" in texts(page)
        assert f"{number}. {question}" in paragraphs
    assert "Platform|Films|\n\n\nAmazon|73|\nNetflix|1,076|" in texts(page)  # the newest of its CSVs
    assert "Amazon has 73 films, Netflix 1,076 films." in texts(page)
    assert "&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt;, naïve" in page and "<b>" not in page
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables == [[["Platform", "Films"], ["Amazon", "73"], ["Netflix", "1,076"]]]  # a single row is a sentence
    assert not re.search(r"(src|href)=\"(?!#)|@import|url\(|<script", page)  # it is all in the one file


def test_in_portuguese_with_the_clients_name_and_the_runs_date(consultas):
    folder, _ = consultas
    assert run("--language", "pt", "--client", "Ana", "--date", "2026-03-01T06:00:00Z") == 0
    page, document = read(folder)
    paragraphs = [p.text for p in document.paragraphs]
    assert paragraphs[:2] == ["1 de março de 2026", "Prezado(a) Ana,"]
    assert "A Amazon tem 73 filmes; a Netflix, 1.076 filmes." in paragraphs
    assert '<html lang="pt">' in page and "Plataforma|Filmes|\n\n\nAmazon|73|\nNetflix|1.076|" in texts(page)
    footer = document.sections[0].footer.paragraphs[0]._p.xml
    assert 'w:instr="PAGE"' in footer and 'w:instr="NUMPAGES"' in footer


def test_without_a_name_and_a_date_the_letter_has_neither(consultas):
    folder, _ = consultas
    assert run("--client", "", "--language", "en") == 0
    assert [p.text for p in read(folder)[1].paragraphs][0] == "Dear client,"


@pytest.mark.parametrize("args", [("--language", "de"), ("--date", "yesterday")])
def test_wrong_usage(args, consultas):
    with pytest.raises(SystemExit) as stopped:
        run(*args)
    assert stopped.value.code == 2


SENTENCES = [
    ("02_amazon_films_on_netflix", '"percent_available_on_netflix"\n"7.50"\n', "Of Amazon’s films, 7.50 % are"),
    ("02_amazon_films_on_netflix", '"percent_available_on_netflix"\n""\n', "(same title)?\nNo rows."),
    ("03_mean_rating_difference", '"difference"\n"0.0312345678"\n', "differ by 0.0312 points"),
    ("03_mean_rating_difference", '"difference"\n"5.0E-4"\n', "differ by 0.0005 points"),
    ("04_netflix_year_with_most_films", '"year","film_count"\n"2004","1436"\n', "2004, with 1,436 films on Netflix."),
    ("05_best_rated_not_on_amazon", '"title"\n"A"\n"B"\n', "2 films that are not on Amazon"),
    ("07_most_rated_films", '"title","review_count"\n"2012","1"\n', "“2012” has the most, 1 rating."),
    (
        "08_most_active_customers",
        '"platform","customer_id","rating_count","product_count"\n"amazon","1000","9","1"\n"netflix","07","8","2"\n',
        "On Amazon, customer 1000 rated most: 9 ratings of 1 product. On Netflix, customer 07 rated most: 8 ratings of",
    ),
    ("09_films_on_amazon_last_date", '"recent_film_count"\n"0"\n', "0 films."),
    (
        "12_best_films_on_netflix_last_date",
        '"title","total_ranking","rating_count","mean_ranking"\n"Firefly","5000","1010","4.95"\n',
        "“Firefly” is the first, with a mean of 4.95 over 1,010 ratings.",
    ),
]


@pytest.mark.parametrize("question, table, sentence", SENTENCES)
def test_an_answer_in_a_sentence(consultas, question, table, sentence):
    folder, put = consultas
    put(question, "0002.csv", table)
    os.utime(folder / question / "0001.csv", (1, 1))
    assert run() == 0
    assert sentence in texts(read(folder)[0])


def test_bars_are_drawn_where_they_say_more(consultas):
    folder, put = consultas
    put("07_most_rated_films", "0002.csv", '"title","review_count"\n"A <i>","1200"\n"B","7"\n')
    os.utime(folder / "07_most_rated_films/0001.csv", (1, 1))
    assert run() == 0
    page, _ = read(folder)
    charts = re.findall(r"<figure>.*?</figure>", page, flags=re.DOTALL)
    assert len(charts) == 2 and "A &lt;i&gt;" in charts[1] and "1,200" in charts[1]
    assert charts[1].count("<rect") >= 2


def test_the_same_answers_give_the_same_bytes(consultas):
    folder, put = consultas
    put("07_most_rated_films", "0002.csv", '"title","review_count"\n"A","1200"\n"B","7"\n')
    os.utime(folder / "07_most_rated_films/0001.csv", (1, 1))
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
    page, document = read(folder)
    assert "There is no answer" in page and "No rows." in page
    assert "And 3 more: consultas/05_best_rated_not_on_amazon/0001.csv has all of them." in page
    text = [p.text for p in document.paragraphs]
    assert f"And {rows - report.DOCX_ROWS} more: " in " ".join(text)
    assert "11 of 12 answers" in capsys.readouterr().out


def test_the_questions_are_those_of_the_sql():
    found = {path.stem: path.read_text(encoding="utf-8").split("\n", 1)[0] for path in (ROOT / "sql").glob("*.sql")}
    assert {name: f"-- {text}" for name, text in QUESTIONS.items()} == found
    assert list(QUESTIONS) == list(report.PORTUGUESE.questions) == sorted(found)


def test_control_characters_do_not_break_the_document(consultas):
    folder, put = consultas
    put("07_most_rated_films", "0001.csv", '"title"\n"bell \x07 and more"\n"another"\n')
    assert run() == 0
    _, document = read(folder)
    assert "bell   and more" in [cell.text for cell in document.tables[1].columns[0].cells]


@of_all
@pytest.mark.parametrize("language", [report.ENGLISH, report.PORTUGUESE], ids=lambda language: language.code)
def test_libreoffice_opens_the_letter_and_makes_a_pdf_of_it(consultas, tmp_path, language):
    folder, put = consultas
    put("07_most_rated_films", "0002.csv", '"title","review_count"\n"A","1200"\n"Ação, naïve","7"\n')
    os.utime(folder / "07_most_rated_films/0001.csv", (1, 1))
    assert run("--language", language.code, "--client", "Ana", "--date", "2026-03-01T06:00:00Z") == 0
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(folder / "email_cliente.docx")], check=True, capture_output=True)
    text = ["pdftotext", "-layout", str(tmp_path / "email_cliente.pdf"), "-"]
    pages = subprocess.run(text, check=True, capture_output=True, text=True).stdout.rstrip("\f").split("\f")
    words = " ".join(" ".join(pages).split())
    for number, question in enumerate(language.questions.values(), 1):
        assert f"{number}. {question}" in words
    assert "Ana," in words and "Ação, naïve" in words and language.number(1200) in words
    for number, page in enumerate(pages, 1):
        assert language.text("page", page=number, pages=len(pages)) in page
