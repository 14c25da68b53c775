"""The answers as documents for the client: a Glue Python shell job (Python 3.9), run on one machine unchanged.

    report.py --lake s3://bucket [--language en|pt] [--client NAME] [--date 2026-11-30T06:00:00Z]

Other arguments are ignored: Glue adds its own. Reads the newest CSV of each consultas/<question>/ and writes
consultas/report.html, a page that needs nothing else, and consultas/email_cliente.docx, a letter in Word. The same
answers and arguments give the same bytes: the letter's date is the run's, `--date`, and there is none without it.

Needs python-docx and pygal. All is in one file, as a Python shell job takes further modules as wheels only.

Storage is S3 through boto3 (AWS_ENDPOINT_URL_S3 is honoured), or, where DAGWRIGHT_S3_ROOT is set, a folder: the
bucket b is $DAGWRIGHT_S3_ROOT/b. Exit codes: 0 done, 2 wrong usage, 3 anything else (DAGWRIGHT_DEBUG=1 gives the
traceback in place of one line).
"""

import argparse
import csv
import datetime
import html
import io
import os
import pathlib
import re
import sys
import zipfile
from decimal import Decimal, InvalidOperation

#: A list of films can be long: so many rows are shown, the rest is in the CSV that is named.
HTML_ROWS, DOCX_ROWS = 500, 25
#: The date in the properties of the Word file. Any one would do, so long as it is not today's.
WRITTEN = datetime.datetime(2000, 1, 1)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLATFORMS = {"amazon": "Amazon", "netflix": "Netflix"}


# Words, in two languages


class Language:
    """Numbers, dates and texts as readers of a language write them."""

    def __init__(self, code, thousands, decimal, months, date, texts, columns, questions):
        self.code, self._thousands, self._decimal = code, thousands, decimal
        self._months, self._date, self._texts = months, date, texts
        self.columns, self.questions = columns, questions

    def number(self, value):
        """A number with the decimals that it has, four at most: 1234.50 is `1,234.50`, or `1.234,50`."""
        if isinstance(value, Decimal) and value.as_tuple().exponent < -4:
            value = round(value, 4)
        return "{:,f}".format(Decimal(value)).translate({ord(","): self._thousands, ord("."): self._decimal})

    def date(self, day):
        return self._date.format(day=day.day, month=self._months[day.month - 1], year=day.year)

    def text(self, name, *cells, **values):
        return self._texts[name].format(*cells, **values)

    def counted(self, count, noun):
        one, many = self._texts[noun]
        return f"{self.number(count)} {one if count == 1 else many}"


ENGLISH = Language(
    "en",
    ",",
    ".",
    "January February March April May June July August September October November December".split(),
    "{day} {month} {year}",
    {
        "title": "Netflix and Amazon ratings: the answers",
        "brief": "In brief",
        "no answer": "There is no answer: the query has not run, or wrote none.",
        "no rows": "No rows.",
        "more": "And {rows} more: {file} has all of them.",
        "salutation": "Dear {client},",
        "nobody": "Dear client,",
        "opening": "Here are the answers to your twelve questions about the films on Amazon and Netflix. The page "
        "report.html, which comes with this letter, shows them with charts; each answer is also a CSV file.",
        "closing": "If an answer raises another question, we are glad to look into it.",
        "regards": "Kind regards",
        "sender": "The data team",
        "page": "Page {page} of {pages}",
        "table": "Table {number}",
        "film": ("film", "films"),
        "rating": ("rating", "ratings"),
        "product": ("product", "products"),
        "01": "Amazon has {amazon}, Netflix {netflix}.",
        "02": "Of Amazon’s films, {0} % are on Netflix too.",
        "03": "The two means differ by {0} points, on a scale from 1 to 5.",
        "04": "{0}, with {films} on Netflix.",
        "05": "{films} that are not on Amazon had a rating of 4 or 5 on Netflix.",
        "06": "{films} that are not on Netflix had a rating of 4 or 5 on Amazon.",
        "07": "“{0}” has the most, {ratings}.",
        "08": "On {platform}, customer {1} rated most: {ratings} of {products}.",
        "09": "{films}.",
        "10": "“{0}” is the first, with a mean of {3} over {ratings}.",
    },
    {
        "source": "Platform",
        "platform": "Platform",
        "movie_count": "Films",
        "percent_available_on_netflix": "On Netflix too (%)",
        "difference": "Difference",
        "year": "Release year",
        "film_count": "Films",
        "title": "Film",
        "review_count": "Ratings",
        "customer_id": "Customer",
        "rating_count": "Ratings",
        "product_count": "Products",
        "recent_film_count": "Films",
        "total_ranking": "Sum of ratings",
        "mean_ranking": "Mean rating",
    },
    #: The questions by the folder of their answer, in the order of the report. The first lines of sql/ say the same.
    {
        "01_films_per_platform": "How many films are available on Amazon? And on Netflix?",
        "02_amazon_films_on_netflix": "Of the films on Amazon, what percentage is on Netflix (same title)?",
        "03_mean_rating_difference": "How close is the mean rating of Amazon's films to that of Netflix's?",
        "04_netflix_year_with_most_films": "Which release year has the most films on Netflix?",
        "05_best_rated_not_on_amazon": "Which films not in Amazon's catalogue were best rated (a rating of 4 or 5)?",
        "06_best_rated_not_on_netflix": "Which films not in Netflix's catalogue were best rated (a rating of 4 or 5)?",
        "07_most_rated_films": "Which 10 films have the most ratings over both platforms?",
        "08_most_active_customers": "Which 5 customers rated most on Amazon, and how many different products did each "
        "rate? And on Netflix?",
        "09_films_on_amazon_last_date": "How many films were rated on Amazon's most recent rating date?",
        "10_best_films_on_amazon_last_date": "Which are the 10 best-rated films on Amazon's most recent rating date "
        "(mean of at least 4.5)?",
        "11_films_on_netflix_last_date": "How many films were rated on Netflix's most recent rating date?",
        "12_best_films_on_netflix_last_date": "Which are the 10 best-rated films on Netflix's most recent rating date "
        "(mean of at least 4.5)?",
    },
)

PORTUGUESE = Language(
    "pt",
    ".",
    ",",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
    "{day} de {month} de {year}",
    {
        "title": "Avaliações da Netflix e da Amazon: as respostas",
        "brief": "Em resumo",
        "no answer": "Não há resposta: a consulta não foi executada ou não gravou nenhuma.",
        "no rows": "Nenhuma linha.",
        "more": "E mais {rows}: {file} traz todas as linhas.",
        "salutation": "Prezado(a) {client},",
        "nobody": "Prezado cliente,",
        "opening": "Seguem as respostas às suas doze perguntas sobre os filmes da Amazon e da Netflix. A página "
        "report.html, que acompanha esta carta, mostra-as com gráficos; cada resposta é também um arquivo CSV.",
        "closing": "Se uma resposta trouxer outra pergunta, teremos prazer em investigá-la.",
        "regards": "Atenciosamente",
        "sender": "A equipe de dados",
        "page": "Página {page} de {pages}",
        "table": "Tabela {number}",
        "film": ("filme", "filmes"),
        "rating": ("avaliação", "avaliações"),
        "product": ("produto", "produtos"),
        "01": "A Amazon tem {amazon}; a Netflix, {netflix}.",
        "02": "Dos filmes da Amazon, {0} % também estão na Netflix.",
        "03": "As duas médias diferem em {0} pontos, numa escala de 1 a 5.",
        "04": "{0}, com {films} na Netflix.",
        "05": "{films} fora do catálogo da Amazon com nota 4 ou 5 na Netflix.",
        "06": "{films} fora do catálogo da Netflix com nota 4 ou 5 na Amazon.",
        "07": "“{0}” é o mais avaliado: {ratings}.",
        "08": "Na {platform}, o cliente {1} foi o que mais avaliou: {ratings} de {products}.",
        "09": "{films}.",
        "10": "“{0}” é o primeiro, com média {3} em {ratings}.",
    },
    {
        "source": "Plataforma",
        "platform": "Plataforma",
        "movie_count": "Filmes",
        "percent_available_on_netflix": "Também na Netflix (%)",
        "difference": "Diferença",
        "year": "Ano de lançamento",
        "film_count": "Filmes",
        "title": "Filme",
        "review_count": "Avaliações",
        "customer_id": "Cliente",
        "rating_count": "Avaliações",
        "product_count": "Produtos",
        "recent_film_count": "Filmes",
        "total_ranking": "Soma das notas",
        "mean_ranking": "Nota média",
    },
    {
        "01_films_per_platform": "Quantos filmes estão disponíveis na Amazon? E na Netflix?",
        "02_amazon_films_on_netflix": "Dos filmes da Amazon, qual porcentagem está na Netflix (mesmo título)?",
        "03_mean_rating_difference": "Quão próxima é a nota média dos filmes da Amazon da dos filmes da Netflix?",
        "04_netflix_year_with_most_films": "Qual ano de lançamento tem mais filmes na Netflix?",
        "05_best_rated_not_on_amazon": "Quais filmes fora do catálogo da Amazon foram mais bem avaliados (nota 4 ou "
        "5)?",
        "06_best_rated_not_on_netflix": "Quais filmes fora do catálogo da Netflix foram mais bem avaliados (nota 4 ou "
        "5)?",
        "07_most_rated_films": "Quais são os 10 filmes com mais avaliações nas duas plataformas?",
        "08_most_active_customers": "Quais 5 clientes mais avaliaram na Amazon, e quantos produtos diferentes cada um "
        "avaliou? E na Netflix?",
        "09_films_on_amazon_last_date": "Quantos filmes foram avaliados na data mais recente da Amazon?",
        "10_best_films_on_amazon_last_date": "Quais são os 10 filmes mais bem avaliados na data mais recente da "
        "Amazon (média de pelo menos 4,5)?",
        "11_films_on_netflix_last_date": "Quantos filmes foram avaliados na data mais recente da Netflix?",
        "12_best_films_on_netflix_last_date": "Quais são os 10 filmes mais bem avaliados na data mais recente da "
        "Netflix (média de pelo menos 4,5)?",
    },
)

LANGUAGES = {language.code: language for language in (ENGLISH, PORTUGUESE)}


# Storage: the one seam between S3 and a folder


class S3:
    def __init__(self, bucket):
        import boto3

        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")  # an old boto3 does not
        self._client, self._bucket = boto3.client("s3", endpoint_url=endpoint), bucket

    def newest_csv(self, folder):
        found = []
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=folder + "/")
        for page in pages:
            found += [(o["LastModified"], o["Key"]) for o in page.get("Contents", []) if o["Key"].endswith(".csv")]
        return max(found)[1] if found else None

    def read(self, key):
        return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def write(self, key, content, content_type):
        self._client.put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=content_type)


class Folder:
    def __init__(self, root):
        self._root = pathlib.Path(root)

    def newest_csv(self, folder):
        found = [(path.stat().st_mtime_ns, path.name) for path in (self._root / folder).glob("*.csv")]
        return f"{folder}/{max(found)[1]}" if found else None

    def read(self, key):
        return (self._root / key).read_bytes()

    def write(self, key, content, content_type):
        path = self._root / key
        arriving = path.with_name("." + path.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        arriving.write_bytes(content)
        arriving.replace(path)


def storage(bucket):
    root = os.environ.get("DAGWRIGHT_S3_ROOT")
    return Folder(os.path.join(root, bucket)) if root else S3(bucket)


# The answers


class Answer:
    """The rows that answer a question, and how a reader of the language sees them."""

    def __init__(self, name, key, table, language):
        self.number, self.question, self.key = int(name[:2]), language.questions[name], key
        self.columns, self.rows, self._language = (table[0] if table else []), table[1:], language
        # Ids, years and some titles are digits too, but nobody adds them up or parts their thousands.
        plain = [column.endswith("_id") or column in ("title", "year") for column in self.columns]
        self.numeric = [
            not is_plain and all(as_number(row[at]) is not None for row in self.rows)
            for at, is_plain in enumerate(plain)
        ]

    @property
    def headings(self):
        return [self._language.columns.get(column, column) for column in self.columns]

    def cells(self, row):
        return [self._cell(at, value) for at, value in enumerate(row)]

    def _cell(self, at, value):
        if self.numeric[at]:
            return self._language.number(as_number(value))
        return PLATFORMS.get(value, value) if self.columns[at] in ("source", "platform") else value

    @property
    def sentences(self):
        """The answer in words: a sentence, one for each platform where the question asks of both."""
        if not self.columns:
            return [self._language.text("no answer")]
        if not any(value for row in self.rows for value in row):
            return [self._language.text("no rows")]
        try:
            return self._sentences()
        except (IndexError, ValueError):  # somebody's own SQL answers with other columns
            return []

    def _sentences(self):
        text, words = self._language.text, self._language
        first, cells = self.rows[0], self.cells(self.rows[0])
        kind = {11: "09", 12: "10"}.get(self.number, f"{self.number:02}")
        if kind == "01":
            counts = {source: words.counted(int(count), "film") for source, count in self.rows}
            none = words.counted(0, "film")
            return [text(kind, amazon=counts.get("amazon", none), netflix=counts.get("netflix", none))]
        if kind in ("05", "06"):
            return [text(kind, films=words.counted(len(self.rows), "film"))]
        if kind == "08":
            best = {row[0]: row for row in reversed(self.rows)}
            return [
                text(
                    kind,
                    *row,
                    platform=PLATFORMS.get(platform, platform),
                    ratings=words.counted(int(row[2]), "rating"),
                    products=words.counted(int(row[3]), "product"),
                )
                for platform, row in sorted(best.items())
            ]
        counted = {"04": ("films", 1, "film"), "07": ("ratings", 1, "rating"), "09": ("films", 0, "film")}
        name, at, noun = counted.get(kind, ("ratings", 2, "rating"))
        values = {name: words.counted(int(first[at]), noun)} if kind not in ("02", "03") else {}
        return [text(kind, *cells, **values)]

    def note(self, shown):
        """What stands under a table that does not show every row."""
        left = len(self.rows) - shown
        return self._language.text("more", rows=self._language.number(left), file=self.key) if left > 0 else ""


def read_answers(lake, language):
    answers = []
    for name in language.questions:
        key = lake.newest_csv("consultas/" + name)
        table = list(csv.reader(io.StringIO(lake.read(key).decode("utf-8"), newline=""))) if key else []
        answers.append(Answer(name, key, table, language))
    return answers


def as_number(text):
    """The number that a text is, with the decimals that it has; None of one that is no number."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


# Charts, where a chart says more than a table


#: The columns of a chart by the question's number: what its bars are called, and what they are long by.
CHARTS = {1: ((0,), 1), 7: ((0,), 1), 8: ((0, 1), 2)}
COLORS = {"amazon": "#d9822b", "netflix": "#b3262e"}
BAR = "#3b6ea8"


def to_chart(answer, language):
    """An SVG of horizontal bars; None where the table is enough."""
    named, long = CHARTS.get(answer.number, ((), 0))
    if not named or not answer.rows or len(answer.columns) <= long or not answer.numeric[long]:
        return None
    import pygal
    from pygal.style import Style

    style = Style(
        background="transparent",
        plot_background="transparent",
        foreground="var(--ink)",
        foreground_strong="var(--ink)",
        foreground_subtle="var(--line)",
        font_family="inherit",
        label_font_size=13,
        major_label_font_size=13,
        value_font_size=13,
        opacity="1",
        opacity_hover="1",
        colors=(BAR,),
    )
    chart = pygal.HorizontalBar(
        js=[],
        disable_xml_declaration=True,
        style=style,
        width=760,
        height=60 + 34 * len(answer.rows),
        margin=4,
        margin_right=90,  # for the value of the longest bar
        spacing=6,
        show_legend=False,
        show_y_guides=False,
        show_x_guides=False,
        show_x_labels=False,
        print_values=True,
        print_values_position="top",
        include_x_axis=True,
        truncate_label=40,
        value_formatter=lambda value: language.number(int(value)),
    )
    chart.uuid = f"answer-{answer.number}"  # pygal draws one at random
    rows = list(reversed(answer.rows))  # its first bar is the lowest
    chart.x_labels = [" · ".join(answer.cells(row)[at] for at in named) for row in rows]
    bars = [{"value": int(row[long]), "color": COLORS.get(row[0], BAR)} for row in rows]
    chart.add(answer.headings[long], bars)
    # Without the comment that says the date of today, and the settings for pygal's own script, which is not there.
    return re.sub(r"<!--.*?-->|<script.*?</script>", "", chart.render(is_unicode=True), flags=re.DOTALL)


# The page


STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #5b6470; --line: #d5dae1; --card: #f5f7fa;
  --accent: #2f5d92 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7eaee; --paper: #14171b; --soft: #a3acb8; --line: #353c45; --card: #1d2228; --accent: #8fb8e8 }
}
* { box-sizing: border-box }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem;
  color: var(--ink); background: var(--paper) }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem }
h2 { font-size: 1.1rem; line-height: 1.35; margin: 0 }
.date, .note { color: var(--soft) }
.date { margin: 0 0 2rem }
.brief { background: var(--card); border-radius: .5rem; padding: 1rem 1.25rem; margin: 0 0 2.5rem }
.brief ol { margin: .5rem 0 0; padding-left: 1.6rem }
.brief li { margin: .3rem 0 }
a { color: var(--accent); text-decoration: none }
a:hover { text-decoration: underline }
section { border-top: 1px solid var(--line); padding: 1.5rem 0 1.75rem; break-inside: avoid }
.answer { font-size: 1.1rem; margin: .4rem 0 1rem }
.rows { overflow: auto; max-height: 28rem }
table { border-collapse: collapse; min-width: 14rem }
th { font-weight: 600; position: sticky; top: 0; background: var(--paper) }
th, td { border-bottom: 1px solid var(--line); padding: .35rem 1.5rem .35rem 0; text-align: left; vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
figure { margin: 0 0 1rem }
figure svg { width: 100%; height: auto; max-width: 47.5rem }
figure svg .text-overlay text.value { fill: var(--ink) !important; text-anchor: start; transform: translateX(8px) }
figcaption { color: var(--soft); font-size: .9rem }
@media print { .rows { max-height: none } }
"""


def to_html(answers, language, date):
    escaped = html.escape
    title = escaped(language.text("title"))
    out = ["<!doctype html>", f'<html lang="{language.code}">', "<head>", '<meta charset="utf-8">']
    out += ['<meta name="viewport" content="width=device-width, initial-scale=1">']
    out += [f"<title>{title}</title>", f"<style>{STYLE}</style>", "</head>", "<body>", f"<h1>{title}</h1>"]
    out.append(f'<p class="date">{escaped(language.date(date)) if date else ""}</p>')
    out += ['<nav class="brief">', f"<h2>{escaped(language.text('brief'))}</h2>", "<ol>"]
    for answer in answers:
        out.append(f'<li><a href="#q{answer.number}">{escaped(answer.question)}</a> {sentences_of(answer)}</li>')
    out += ["</ol>", "</nav>"]
    for answer in answers:
        out += [f'<section id="q{answer.number}">', f"<h2>{answer.number}. {escaped(answer.question)}</h2>"]
        out.append(f'<p class="answer">{sentences_of(answer)}</p>')
        chart = to_chart(answer, language)
        if chart:
            caption = answer.headings[CHARTS[answer.number][1]]
            out.append(f"<figure><figcaption>{escaped(caption)}</figcaption>{chart}</figure>")
        if answer.rows:
            out += ['<div class="rows" tabindex="0">', "<table>", "<thead>", html_row("th", answer.headings, answer)]
            out += ["</thead>", "<tbody>"]
            out += [html_row("td", answer.cells(row), answer) for row in answer.rows[:HTML_ROWS]]
            out += ["</tbody>", "</table>", "</div>"]
        note = answer.note(HTML_ROWS)
        out += [f'<p class="note">{escaped(note)}</p>'] if note else []
        out.append("</section>")
    return "\n".join(out + ["</body>", "</html>", ""]).encode("utf-8")


def sentences_of(answer):
    return html.escape(" ".join(answer.sentences))


def html_row(tag, values, answer):
    starts = (f'<{tag} class="number">' if number else f"<{tag}>" for number in answer.numeric)
    return "<tr>" + "".join(f"{start}{html.escape(value)}</{tag}>" for start, value in zip(starts, values)) + "</tr>"


# The letter


def to_docx(answers, language, client, date):
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = language.text("title"), "dagwright", "dagwright"
    properties.comments, properties.created, properties.modified = "", WRITTEN, WRITTEN
    properties.language = language.code
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.space_after = "Calibri", Pt(11), Pt(6)
    document.styles["Caption"].font.size = Pt(9)
    document.styles["Caption"].paragraph_format.keep_with_next = True

    if date:
        document.add_paragraph(language.date(date)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(language.text("salutation", client=client) if client else language.text("nobody"))
    document.add_paragraph(language.text("opening"))
    tables = 0
    for answer in answers:
        heading = document.add_heading(f"{answer.number}. {answer.question}", level=2)
        heading.paragraph_format.keep_with_next = True
        document.add_paragraph(printable(" ".join(answer.sentences)))
        if len(answer.rows) > 1:  # the sentence says all of a single row
            tables += 1
            document.add_paragraph(language.text("table", number=tables), style="Caption")
            add_table(document, answer)
        note = answer.note(DOCX_ROWS)
        if note:
            document.add_paragraph(note)
    document.add_paragraph(language.text("closing")).paragraph_format.space_before = Pt(18)
    document.add_paragraph(language.text("regards") + ",")
    document.add_paragraph(language.text("sender"))
    add_page_numbers(section.footer.paragraphs[0], language.text("page", page="PAGE", pages="NUMPAGES"))
    packed = io.BytesIO()
    document.save(packed)
    return undated(packed.getvalue())


def add_table(document, answer):
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    shown = [answer.headings] + [answer.cells(row) for row in answer.rows[:DOCX_ROWS]]
    table = document.add_table(rows=len(shown), cols=len(answer.columns), style="Light List Accent 1")
    # 16 cm: numbers take 3 each, texts share what is left.
    texts = answer.numeric.count(False)
    wide = (16 - 3 * (len(answer.numeric) - texts)) / texts if texts else 16 / len(answer.numeric)
    widths = [Cm(3 if number and texts else wide) for number in answer.numeric]
    for column, width in zip(table.columns, widths):
        column.width = width
    for line, cells in zip(table.rows, shown):
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, value, number, width in zip(line.cells, cells, answer.numeric, widths):
            cell.text, cell.width = printable(value), width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on each page


def add_page_numbers(paragraph, text):
    """A line in which the words PAGE and NUMPAGES are fields, which Word fills in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in re.split(r"(NUMPAGES|PAGE)", text):
        if part not in ("PAGE", "NUMPAGES"):
            paragraph.add_run(part)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), part)
        run = OxmlElement("w:r")
        run.append(OxmlElement("w:t"))
        run[0].text = "1"
        field.append(run)
        paragraph._p.append(field)


def printable(text):
    """Without the control characters that XML does not allow."""
    return "".join(c if c >= " " or c in "\t\n" else " " for c in text)


def undated(content):
    """The same zip with its members' dates fixed: python-docx writes the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


# Running


def day(text):
    """The day of an ISO 8601 time, as the run's logical date is."""
    return datetime.date.fromisoformat(text[:10])


def main(argv=None):
    parser = argparse.ArgumentParser(prog="report.py", description="The answers as documents.")
    parser.add_argument("--lake", required=True, help="s3://bucket")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="en", help="the documents' language")
    # Glue may leave out a value that is empty.
    parser.add_argument("--client", nargs="?", const="", default="", help="whom the letter addresses")
    parser.add_argument("--date", type=day, help="the letter's date, an ISO 8601 time")
    args, _ = parser.parse_known_args(argv)
    if not args.lake.startswith("s3://"):
        parser.error(f"--lake is s3://bucket, not {args.lake}")
    language = LANGUAGES[args.language]
    try:
        lake = storage(args.lake[len("s3://") :].rstrip("/"))
        answers = read_answers(lake, language)
        lake.write("consultas/report.html", to_html(answers, language, args.date), "text/html; charset=utf-8")
        lake.write("consultas/email_cliente.docx", to_docx(answers, language, args.client.strip(), args.date), DOCX)
    except Exception as problem:
        if os.environ.get("DAGWRIGHT_DEBUG"):
            raise
        print(f"report.py: failed: {type(problem).__name__}: {problem}", file=sys.stderr)
        return 3
    found = sum(1 for answer in answers if answer.columns)
    print(f"report: {found} of {len(answers)} answers in consultas/report.html and consultas/email_cliente.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
