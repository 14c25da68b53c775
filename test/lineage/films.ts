import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Dag, env, param } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { athena, emr, glue } from '../../tasks/index.ts';
import { folderWith, REPOSITORY, repositoryPython } from '../local/support.ts';

/** Reads two files, writes a table of both and one of that; `fail` fails and `wait` waits after the first. */
const RATE = `
import sys, time
from pyspark.sql import SparkSession, functions as F

lake, mode = sys.argv[1:]
spark = SparkSession.builder.appName("rate").getOrCreate()
films = spark.read.option("header", True).csv(f"{lake}/raw/films.csv")
stars = spark.read.option("header", True).csv(f"{lake}/raw/stars.csv")
rated = stars.join(films, stars.film == films.id).select("id", F.upper("title").alias("title"), F.col("stars").cast("int").alias("stars"))
rated.write.mode("overwrite").parquet(f"{lake}/silver/rated")
if mode == "fail":
    sys.exit("there are no good films")
if mode == "wait":
    spark.createDataFrame([(1,)], ["n"]).write.json(f"{lake}/waits")
    time.sleep(600)
means = spark.read.parquet(f"{lake}/silver/rated").groupBy("title").agg(F.avg("stars").alias("mean"))
means.write.mode("overwrite").parquet(f"{lake}/gold/tables/means")
`;

const PAGE = `
import glob, os, sys
root = os.path.join(os.environ["DAGWRIGHT_S3_ROOT"], "my-lake")
(answer,) = glob.glob(os.path.join(root, "answers/best/*.csv"))
with open(os.path.join(root, "page.html"), "w") as page:
    page.write("<pre>" + open(answer).read() + "</pre>")
`;

function films(): Dag {
  const { bucket, role } = env;
  const dag = new Dag('films', {
    description: 'The best films',
    env: { lake: bucket(), service: role(), machines: role(), crawler: role(), shell: role() },
    params: { mode: param.string({ default: 'work' }) },
  });
  const { lake, service, machines, crawler, shell } = dag.env;
  const instances = { primary: { type: 'm5.xlarge' }, serviceRole: service, instanceProfile: machines };
  const cluster = dag.setup('cluster', emr.cluster({ release: 'emr-7.13.0', ...instances }));
  const args = [`s3://${lake}`, dag.params.mode];
  const rate = dag.task('rate', emr.spark({ cluster, script: 'jobs/rate.py', args }));
  const crawl = dag
    .task('crawl', glue.crawl({ database: 'films', role: crawler, path: `s3://${lake}/gold/tables/` }))
    .after(rate);
  const sql = 'WITH good AS (SELECT title, mean FROM means WHERE mean >= 4) SELECT title FROM good ORDER BY title';
  const best = dag
    .task('best', athena.query({ sql, database: 'films', results: `s3://${lake}/answers/best/` }))
    .after(crawl);
  dag.task('page', glue.pythonShell({ script: 'jobs/page.py', role: shell })).after(best);
  return dag;
}

/** A project with a small DAG that is compiled, and two files in its lake. */
export async function filmsProject(): Promise<string> {
  await repositoryPython();
  const project = await folderWith({
    'package.json': '{}',
    'requirements.txt': await readFile(join(REPOSITORY, 'requirements.txt'), 'utf8'),
    'dagwright.yaml':
      'local:\n  env: { lake: my-lake, service: service, machines: machines, crawler: crawler, shell: shell }\n',
    'jobs/rate.py': RATE,
    'jobs/page.py': PAGE,
    '.dagwright/local/s3/my-lake/raw/films.csv': 'id,title\n1,Alien\n2,Brazil\n',
    '.dagwright/local/s3/my-lake/raw/stars.csv': 'film,stars\n1,5\n1,4\n2,3\n',
  });
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  const made = withLoading({ root: project }, () => compileDag(films()));
  writeDist(join(project, 'dist'), new Map([[made.dag, made.files]]), true);
  return project;
}
