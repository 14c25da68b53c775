"""COPY and UNLOAD, which sqlglot does not know whole, from their tokens.

https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html
https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html
"""

from sqlglot.tokens import TokenType

#: Options and the values that they take: a text, a number, any word or none. Of those without effect here the value is read over.
COPY_OPTIONS = {
    "DELIMITER": "text",
    "QUOTE": "text",
    "IGNOREHEADER": "number",
    "NULL": "text",
    "GZIP": None,
    "ZSTD": None,
    "EMPTYASNULL": None,
    "BLANKSASNULL": None,
    "FILLRECORD": None,
    "REMOVEQUOTES": None,
    "EXPLICIT_IDS": None,
    "DATEFORMAT": "text",
    "TIMEFORMAT": "text",
    "REGION": "text",
    "MAXERROR": "number",
    "COMPUPDATE": "word",
    "STATUPDATE": "word",
    "TRUNCATECOLUMNS": None,
    "ACCEPTINVCHARS": None,
    "COMPROWS": "number",
}
UNLOAD_OPTIONS = {
    "DELIMITER": "text",
    "HEADER": None,
    "NULL": "text",
    "GZIP": None,
    "ZSTD": None,
    "ADDQUOTES": None,
    "ALLOWOVERWRITE": None,
    "CLEANPATH": None,
    "PARALLEL": "word",
    "REGION": "text",
    "MAXFILESIZE": "size",
    "ROWGROUPSIZE": "size",
    "EXTENSION": "text",
}
FORMATS = ("PARQUET", "CSV", "JSON")
#: Formats that Redshift has and DuckDB has not.
OTHER_FORMATS = ("ORC", "AVRO", "FIXEDWIDTH", "SHAPEFILE")
WORDS = ("ON", "OFF", "TRUE", "FALSE", "PRESET")


class Refused(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Tokens:
    def __init__(self, tokens):
        self.tokens, self.at = tokens, 0

    def __bool__(self):
        return self.at < len(self.tokens)

    def next(self):
        if not self:
            raise Refused("syntax", "syntax error at end of input")
        self.at += 1
        return self.tokens[self.at - 1]

    def word(self):
        """The next token in large letters, where it is no text."""
        if not self or self.tokens[self.at].token_type == TokenType.STRING:
            return None
        return self.tokens[self.at].text.upper()

    def takes(self, *words):
        if self.word() in words:
            self.at += 1
            return True
        return False

    def expect(self, word):
        if not self.takes(word):
            self.wrong()

    def text(self):
        if self and self.tokens[self.at].token_type == TokenType.STRING:
            return self.next().text
        return self.wrong()

    def number(self):
        if self and self.tokens[self.at].token_type == TokenType.NUMBER:
            return float(self.next().text)
        return self.wrong()

    def name(self):
        return self.next().text.lower()

    def names(self):
        found = [self.name()]
        while self.takes(","):
            found.append(self.name())
        self.expect(")")
        return found

    def wrong(self):
        raise Refused("syntax", f'syntax error at or near "{self.next().text}"' if self else "syntax error at end of input")


def copy(given):
    tokens = Tokens(given)
    tokens.expect("COPY")
    table = [tokens.name()]
    while tokens.takes("."):
        table.append(tokens.name())
    columns = tokens.names() if tokens.takes("(") else []
    tokens.expect("FROM")
    source = tokens.text()
    return {"table": table, "columns": columns, "from": source, "options": options(tokens, COPY_OPTIONS)}


def unload(given):
    tokens = Tokens(given)
    tokens.expect("UNLOAD")
    tokens.expect("(")
    query = tokens.text()
    tokens.expect(")")
    tokens.expect("TO")
    return query, tokens.text(), options(tokens, UNLOAD_OPTIONS)


def options(tokens, known):
    found = {}
    while tokens:
        if tokens.takes("WITH"):
            continue
        if tokens.takes("IAM_ROLE"):
            if not tokens.takes("DEFAULT"):
                tokens.text()
        elif tokens.takes("CREDENTIALS"):
            tokens.takes("AS")
            tokens.text()
        elif tokens.takes("PARTITION BY"):
            tokens.expect("(")
            found["PARTITION"] = tokens.names()
            found["INCLUDE"] = tokens.takes("INCLUDE")
        else:
            tokens.takes("FORMAT")
            tokens.takes("AS")
            format_or_option(tokens, known, found)
    return found


def format_or_option(tokens, known, found):
    word = tokens.word()
    if word in OTHER_FORMATS:
        raise Refused("unsupported", f"the format {word}")
    if word in FORMATS:
        tokens.next()
        found["FORMAT"] = word
        tokens.takes("AS")
        if word == "JSON" and tokens and tokens.word() is None:
            how = tokens.text()
            if how not in ("auto", "auto ignorecase"):
                raise Refused("unsupported", f"JSON '{how}'")
        return
    if word not in known:
        if word is not None and word.isalpha():
            raise Refused("unsupported", f"the option {word}")
        tokens.wrong()
    tokens.next()
    kind = known[word]
    tokens.takes("AS")
    if kind == "text":
        found[word] = tokens.text()
    elif kind == "number":
        found[word] = tokens.number()
    elif kind == "size":
        found[word] = tokens.number()
        tokens.takes("MB", "GB")
    elif kind == "word":
        found[word] = tokens.next().text.upper() if tokens.word() in WORDS else True
    else:
        found[word] = True
