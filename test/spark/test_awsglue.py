"""The part of Glue's library that works here, against what AWS's documentation and published sources say of it."""

import datetime
import decimal
import json

import pytest
from awsglue import DynamicFrame as ExportedFrame
from awsglue.context import GlueContext, _is_on
from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection
from awsglue.job import Job
from awsglue.refused import NotOnThisMachine
from awsglue.transforms import (
    ApplyMapping,
    DropFields,
    DropNullFields,
    Filter,
    Join,
    Map,
    Relationalize,
    RenameField,
    ResolveChoice,
    SelectFields,
    SelectFromCollection,
    SplitRows,
)
from awsglue.utils import GlueArgumentError, getResolvedOptions
from awsgluedq.transforms import EvaluateDataQuality
from conftest import of_all


class TestArguments:
    GIVEN = ["script.py", "--day", "2026-01-01", "--JOB_ID", "j_1", "--JOB_RUN_ID", "jr_1", "--JOB_NAME", "clean"]

    def test_those_asked_for_and_those_of_glue(self):
        assert getResolvedOptions(self.GIVEN, ["JOB_NAME", "day"]) == {
            "JOB_NAME": "clean",
            "day": "2026-01-01",
            "JOB_ID": "j_1",
            "JOB_RUN_ID": "jr_1",
            "SECURITY_CONFIGURATION": None,
            "TempDir": None,
            "RedshiftTempDir": None,
            "encryption_type": None,
            "job_bookmark_option": "job-bookmark-disable",
            "job_bookmark_from": None,
            "job_bookmark_to": None,
        }

    def test_a_value_behind_an_equals_sign_and_a_name_with_dashes(self):
        found = getResolvedOptions(["s", "--out-path=s3://b/k=1/", "--TempDir", "s3://t/"], ["out-path", "TempDir"])
        assert (found["out_path"], found["RedshiftTempDir"]) == ("s3://b/k=1/", "s3://t/")

    def test_the_old_name_of_bookmarks(self):
        found = getResolvedOptions(["s", "--continuation-option", "continuation-readonly"], [])
        assert found["job_bookmark_option"] == "job-bookmark-pause"

    @pytest.mark.parametrize(
        "given, asked, error, says",
        [
            ([], ["day"], GlueArgumentError, "the following arguments are required: --day"),
            (["--day"], ["day"], GlueArgumentError, "argument --day: expected one argument"),
            (["--job-bookmark-option", "on"], [], GlueArgumentError, "invalid choice: 'on'"),
            ([], ["JOB_RUN_ID"], RuntimeError, "Using reserved arguments --JOB_RUN_ID"),
            ([], ["job-bookmark-option"], RuntimeError, "Using reserved arguments job-bookmark-option"),
            (["--job-bookmark-from", "a", "--job-bookmark-to", "b"], [], RuntimeError, "Invalid option"),
            (
                ["--job-bookmark-option", "job-bookmark-pause", "--job-bookmark-to", "b"],
                [],
                RuntimeError,
                "Missing option or value for --job-bookmark-from",
            ),
        ],
    )
    def test_mistakes(self, given, asked, error, says):
        with pytest.raises(error, match=says):
            getResolvedOptions(["script.py", *given], asked)


@pytest.fixture(scope="module")
def context(spark):
    return GlueContext(spark.sparkContext)


@pytest.fixture
def frame(context):
    def made(rows, schema=None):
        return DynamicFrame.fromDF(context.spark_session.createDataFrame(rows, schema), context, "made")

    return made


def rows(dynamic_frame):
    return [row.asDict(recursive=True) for row in dynamic_frame.toDF().collect()]


ORDERS = [("1", "ann", "12.50", ("Bern", "3000")), ("2", "bob", "no", ("Basel", "4000"))]
SCHEMA = "id string, `full name` string, amount string, address struct<city:string,zip:string>"


class TestMapping:
    def test_renames_casts_and_moves(self, frame):
        made = ApplyMapping.apply(
            frame=frame(ORDERS, SCHEMA),
            mappings=[
                ("ID", "string", "order_id", "long"),
                ("full name", "string", "customer.name", "string"),
                ("address.city", "string", "customer.city", "string"),
                ("amount", "string", "amount", "decimal"),
                ("not there", "string", "nowhere", "int"),
            ],
            transformation_ctx="ChangeSchema_node1",
        )
        assert rows(made) == [
            {"order_id": 1, "customer": {"name": "ann", "city": "Bern"}, "amount": decimal.Decimal("12.50")},
            {"order_id": 2, "customer": {"name": "bob", "city": "Basel"}, "amount": None},
        ]
        assert made.toDF().schema["amount"].dataType.simpleString() == "decimal(10,2)"

    @of_all
    def test_dates_nested_types_and_names_with_dots(self, frame):
        data = frame([("2026-01-02", ["a"])], "`day.of` string, tags array<string>")
        made = data.apply_mapping([("`day.of`", "string", "day", "date"), ("tags", "array", "tags", "array")])
        assert rows(made) == [{"day": datetime.date(2026, 1, 2), "tags": ["a"]}]

    def test_mistakes(self, frame):
        data = frame(ORDERS, SCHEMA)
        with pytest.raises(ValueError, match="length 2, 3, or 4"):
            data.apply_mapping([("id",)])
        with pytest.raises(TypeError, match="specified as a tuple"):
            data.apply_mapping(["id"])
        with pytest.raises(NotOnThisMachine, match="A path into the array 'tags'"):
            frame([([("a",)],)], "tags array<struct<t:string>>").apply_mapping([("tags.t", "string", "t", "string")])


@of_all
class TestFields:
    def test_selected_dropped_and_renamed_by_their_paths(self, frame):
        data = frame(ORDERS[:1], SCHEMA)
        assert rows(SelectFields.apply(frame=data, paths=["address.zip", "id", "x"])) == [
            {"address": {"zip": "3000"}, "id": "1"}
        ]
        assert DropFields.apply(data, ["address.city", "amount", "x.y"]).toDF().columns == ["id", "full name", "address"]
        assert rows(data.drop_fields(["address.city", "address.zip"]))[0].keys() == {"id", "full name", "amount"}
        assert rows(RenameField.apply(data, "address.zip", "address.code"))[0]["address"] == {"city": "Bern", "code": "3000"}
        assert data.rename_field("`full name`", "`last.name`").toDF().columns[1] == "last.name"

    def test_a_struct_that_is_null_stays_null(self, frame):
        data = frame([("1", None)], "id string, address struct<city:string,zip:string>")
        assert rows(data.drop_fields(["address.zip"])) == [{"id": "1", "address": None}]

    def test_null_fields_are_those_without_any_value(self, frame):
        data = frame([("1", None, (None, 2))], "id string, gone void, inner struct<gone:void,kept:int>")
        assert rows(DropNullFields.apply(frame=data)) == [{"id": "1", "inner": {"kept": 2}}]

    def test_casts(self, frame):
        data = frame(ORDERS, SCHEMA)
        made = ResolveChoice.apply(data, specs=[("amount", "cast:double"), ("id", "make_cols"), ("address.zip", "cast:int")])
        assert [(row["id"], row["amount"], row["address"]["zip"]) for row in rows(made)] == [
            ("1", 12.5, 3000),
            ("2", None, 4000),
        ]
        assert data.resolveChoice(choice="make_struct").toDF().schema == data.toDF().schema
        with pytest.raises(ValueError, match="'guess' resolves no choice"):
            data.resolveChoice(specs=[("id", "guess")])
        with pytest.raises(Exception, match="both missing"):
            data.resolveChoice()

    def test_the_schema_is_printed_as_glue_does(self, frame, capsys):
        frame([("1", ("Bern",), [(1,)])], "id string, a struct<city:string>, l array<struct<n:int>>").printSchema()
        assert capsys.readouterr().out == (
            "root\n|-- id: string\n|-- a: struct\n|    |-- city: string\n|-- l: array\n|    |-- element: struct\n"
            "|    |    |-- n: int\n\n"
        )


@of_all
class TestRecords:
    def test_filter(self, frame):
        data = frame(ORDERS, SCHEMA)
        kept = Filter.apply(frame=data, f=lambda row: float(row["amount"]) > 1 and row.address["city"] == "Bern")
        assert [row["id"] for row in rows(kept)] == ["1"]
        assert kept.toDF().schema == data.toDF().schema
        assert kept.count() == 1

    def test_map_adds_and_removes_fields_and_counts_what_failed(self, frame):
        def priced(record):
            record["price"] = float(record["amount"])
            record["tags"] = [record["full name"]]
            del record["amount"]
            return record

        made = Map.apply(frame=frame(ORDERS, SCHEMA), f=priced)
        assert rows(made) == [
            {"id": "1", "full name": "ann", "address": {"city": "Bern", "zip": "3000"}, "price": 12.5, "tags": ["ann"]}
        ]
        assert made.errorsCount() == 1
        assert rows(made.errorsAsDynamicFrame()) == [{"error": "ValueError: could not convert string to float: 'no'"}]

    def test_map_keeps_the_types_of_fields(self, frame):
        data = frame([(1, decimal.Decimal("1.50"), None)], "n int, d decimal(12,2), day date")
        assert data.map(lambda record: record).toDF().schema.simpleString() == "struct<n:int,d:decimal(12,2),day:date>"

    def test_records_of_one_type_a_field(self, frame):
        with pytest.raises(Exception, match="a choice"):
            frame([(1,), (2,)], "n int").map(lambda record: {"n": "x" if record["n"] == 1 else 2})

    def test_join_names_what_both_have(self, frame):
        data = frame(ORDERS, SCHEMA)
        prices = frame([("1", 7), ("3", 9)], "id string, points int")
        made = Join.apply(frame1=data, frame2=prices, keys1=["id"], keys2=["id"])
        assert made.toDF().columns == ["id", "full name", "amount", "address", ".id", "points"]
        assert [(row["id"], row[".id"], row["points"]) for row in rows(made)] == [("1", "1", 7)]
        with pytest.raises(ValueError, match="key of the join is not there: nothing"):
            data.join(["id"], ["nothing"], prices)

    def test_collections(self, context, frame):
        split = SplitRows.apply(frame([(1,), (5,), (None,)], "n int"), {"n": {">": 1, "<": 9}}, "in", "out")
        assert rows(SelectFromCollection.apply(dfc=split, key="in")) == [{"n": 5}]
        assert rows(split.select("out")) == [{"n": 1}, {"n": None}]
        assert split.select("nothing").count() == 0
        own = DynamicFrameCollection({"CustomTransform0": frame([(1,)], "n int")}, context)
        assert list(own.keys()) == ["CustomTransform0"]


@of_all
class TestFiles:
    def test_csv(self, context, lake):
        lake.write("in/a.csv", 'id,text\n1,"a ""b"", c"\n2,\n')

        def read(**options):
            paths = {"paths": [f"{lake.uri}/in/"], "recurse": True}
            return context.create_dynamic_frame.from_options("s3", paths, format="csv", format_options=options)

        assert rows(read(withHeader=True)) == [{"id": "1", "text": 'a "b", c'}, {"id": "2", "text": None}]
        assert rows(read(withHeader="true", separator=";"))[0].keys() == {"id,text"}
        assert rows(read())[0] == {"col0": "id", "col1": "text"}
        assert rows(read(skipFirst=True))[0] == {"col0": "1", "col1": 'a "b", c'}

    def test_written_files_are_added(self, context, frame, lake):
        data = frame([(1, "a"), (2, "b")], "n int, key string")
        for _ in range(2):
            options = {"path": f"{lake.uri}/out/", "partitionKeys": ["key"]}
            context.write_dynamic_frame.from_options(data, "s3", options, format="glueparquet")
        back = context.create_dynamic_frame.from_options("s3", {"paths": [f"{lake.uri}/out/"]}, format="parquet")
        assert back.count() == 4
        assert sorted(path.name for path in (lake.path / "out").iterdir() if path.is_dir()) == ["key=a", "key=b"]
        data.write("s3", {"path": f"{lake.uri}/json/", "compression": "gzip"}, format="json")
        assert list((lake.path / "json").glob("*.json.gz"))
        context.purge_s3_path(f"{lake.uri}/out/", {"retentionPeriod": 1})
        assert back.count() == 4
        context.purge_s3_path(f"{lake.uri}/out/", {"retentionPeriod": 0})
        assert not list((lake.path / "out").rglob("*.parquet"))

    @pytest.mark.parametrize(
        "connection, options, format, says",
        [
            ("mysql", {"url": "jdbc:mysql://h/d"}, None, "connection type 'mysql'"),
            ("s3", {"paths": ["s3://b/"]}, "xml", "format 'xml' exists on AWS Glue and does not work on this machine"),
            ("s3", {"paths": ["s3://b/"], "exclusions": '["**.pdf"]'}, "json", "option 'exclusions'"),
        ],
    )
    def test_what_is_not_here(self, context, connection, options, format, says):
        with pytest.raises(NotOnThisMachine, match=says):
            context.create_dynamic_frame.from_options(connection, options, format=format)

    def test_mistakes(self, context, lake):
        with pytest.raises(ValueError, match="names no paths"):
            context.create_dynamic_frame.from_options("s3", {}, format="json")
        with pytest.raises(ValueError, match="have a format"):
            context.create_dynamic_frame.from_options("s3", {"paths": [lake.uri]})


@pytest.fixture
def catalog(context, lake, tmp_path):
    """The catalog with the table sales.orders, and what a job has written down."""
    data = context.spark_session.createDataFrame([(1, "12.5", "2026")], "id int, amount string, year string")
    data.write.partitionBy("year").parquet(f"{lake.uri}/orders/")
    columns = [{"Name": "id", "Type": "int"}, {"Name": "amount", "Type": "string"}]
    table = {"Location": f"{lake.uri}/orders/", "Columns": columns, "PartitionKeys": [{"Name": "year", "Type": "string"}]}
    machine = context._machine
    tables, journal = tmp_path / "tables.json", tmp_path / "journal.jsonl"
    tables.write_text(json.dumps({"sales": {"tables": {"orders": table}}}))
    machine._tables, machine._journal, machine._databases = str(tables), str(journal), None
    yield lambda: [json.loads(line) for line in journal.read_text().splitlines()]
    machine._tables = machine._journal = machine._databases = None


class TestCatalog:
    @of_all
    def test_a_table_is_read_and_added_to(self, context, frame, lake, catalog):
        orders = context.create_dynamic_frame.from_catalog(
            database="Sales", table_name="ORDERS", transformation_ctx="o", push_down_predicate="year = '2026'"
        )
        assert rows(orders) == [{"id": 1, "amount": "12.5", "year": "2026"}]
        assert rows(orders.resolveChoice(choice="match_catalog", database="sales", table_name="orders")) == rows(orders)
        context.write_dynamic_frame.from_catalog(orders, database="sales", table_name="orders")
        assert context.create_data_frame.from_catalog(name_space="sales", table_name="orders").count() == 2
        assert {"did": "write", "path": f"{lake.uri}/orders/"} in catalog()
        assert {"did": "getTable", "database": "sales", "table": "orders"} in catalog()

    def test_a_sink_makes_a_table(self, context, frame, lake, catalog):
        sink = context.getSink(
            path=f"{lake.uri}/totals/",
            connection_type="s3",
            updateBehavior="UPDATE_IN_DATABASE",
            partitionKeys=["Year"],
            enableUpdateCatalog=True,
            transformation_ctx="sink",
        )
        sink.setCatalogInfo(catalogDatabase="sales", catalogTableName="totals")
        sink.setFormat("glueparquet", compression="snappy")
        sink.writeFrame(frame([(1.5, "2026")], "amount double, Year string"))
        assert catalog()[-1]["made"] == {
            "Location": f"{lake.uri}/totals/",
            "Columns": [{"Name": "amount", "Type": "double"}],
            "PartitionKeys": [{"Name": "year", "Type": "string"}],
        }
        assert rows(context.create_dynamic_frame.from_catalog("sales", "totals")) == [{"amount": 1.5, "year": "2026"}]

    @of_all
    def test_spark_sql_knows_the_tables_where_that_is_asked_for(self, context, lake, catalog):
        context._catalog.register()
        found = context.spark_session.sql("SELECT id, amount, year FROM sales.orders WHERE year = '2026'")
        assert [row.asDict() for row in found.collect()] == [{"id": 1, "amount": "12.5", "year": "2026"}]
        context.spark_session.sql("DROP DATABASE sales CASCADE")

    @pytest.mark.parametrize(
        "argv, is_on",
        [([], False), (["--enable-glue-datacatalog"], True), (["--enable-glue-datacatalog", "false"], False)],
    )
    def test_it_is_asked_for_by_an_argument(self, monkeypatch, argv, is_on):
        monkeypatch.setattr("sys.argv", ["script.py", *argv])
        assert _is_on("--enable-glue-datacatalog") is is_on

    def test_what_is_not_there(self, context, frame, lake, catalog):
        with pytest.raises(Exception, match="Entity Not Found: table sales.other"):
            context.create_dynamic_frame.from_catalog(database="sales", table_name="other")
        with pytest.raises(Exception, match="Parameter table_name is missing"):
            context.create_dynamic_frame.from_catalog(database="sales")
        sink = context.getSink("s3", path=f"{lake.uri}/j/", enableUpdateCatalog=True)
        sink.setCatalogInfo("sales", "j")
        sink.setFormat("json")
        with pytest.raises(NotOnThisMachine, match="A table of json in the Data Catalog"):
            sink.writeFrame(frame([(1,)], "n int"))


def test_a_job_begins_and_ends_and_bookmarks_are_said_not_to_work(context, monkeypatch):
    said = []
    monkeypatch.setattr(context, "get_logger", lambda: type("Logger", (), {"warn": lambda _, text: said.append(text)})())
    job = Job(context)
    assert not job.isInitialized()
    job.init("clean", {"job_bookmark_option": "job-bookmark-enable"})
    job.commit()
    assert job.isInitialized()
    assert "bookmarks do not work" in said[0]


@of_all
def test_the_ruleset_of_glue_studio_is_evaluated_and_others_are_refused(frame):
    data = frame(ORDERS, SCHEMA)
    found = EvaluateDataQuality().process_rows(
        frame=data,
        ruleset="\n    Rules = [\n        ColumnCount > 0\n    ]\n",
        publishing_options={"dataQualityEvaluationContext": "e", "enableDataQualityResultsPublishing": True},
        additional_options={"dataQualityResultsPublishing.strategy": "BEST_EFFORT", "observations.scope": "ALL"},
    )
    assert rows(found["ruleOutcomes"])[0]["Outcome"] == "Passed"
    assert rows(EvaluateDataQuality.apply(data, "Rules = [RowCount >= 3]"))[0]["Outcome"] == "Failed"
    with pytest.raises(NotOnThisMachine, match="The Data Quality rule 'IsComplete \"id\"'"):
        EvaluateDataQuality().process_rows(frame=data, ruleset='Rules = [ColumnCount > 0, IsComplete "id"]')
    with pytest.raises(NotOnThisMachine, match="rowLevelOutcomes"):
        SelectFromCollection.apply(dfc=found, key="rowLevelOutcomes")


def test_what_is_not_here_says_what_to_do(context, frame):
    data = frame(ORDERS, SCHEMA)
    assert ExportedFrame is DynamicFrame
    for call in (
        lambda: data.relationalize("root", "s3://tmp/"),
        lambda: Relationalize.apply(data, "s3://tmp/", "root"),
        lambda: context.forEachBatch(data, print),
        lambda: context.write_dynamic_frame.from_jdbc_conf(data, "warehouse"),
        lambda: __import__("awsglue.gluetypes", fromlist=["StringType"]).StringType,
    ):
        with pytest.raises(NotOnThisMachine, match="exists on AWS Glue and does not work on this machine. Mock the task"):
            call()
    with pytest.raises(AttributeError):
        data.nothing_of_the_kind
