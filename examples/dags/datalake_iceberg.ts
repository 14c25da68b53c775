import { Dag, env, param } from 'dagwright';
import { athena, emr, glue, kaggle, sqlFiles } from 'dagwright/tasks';

/**
 * Netflix and Amazon ratings, from Kaggle to answered questions, in Iceberg tables: a table is never half written, a crawl is not needed,
 * and a month can be written alone.
 */
const dag = new Dag('datalake_iceberg', {
  schedule: '@monthly',
  env: {
    lake: env.bucket({ description: 'Holds bronze, the tables and the answers' }),
    subnet: env.string({ description: 'The subnet of the cluster; it reaches S3 and, to download, the internet' }),
    emrServiceRole: env.role({ description: 'What EMR itself assumes' }),
    emrInstanceProfile: env.role({
      description: 'What Spark may do: read and write the lake and its tables, read the secret',
    }),
    reportRole: env.role({ description: 'What the report assumes: it reads and writes the answers' }),
    kaggleSecret: env.string({ description: 'The Secrets Manager secret with Kaggle’s username and key' }),
  },
  params: {
    fromKaggle: param.boolean({
      default: true,
      description: 'Whether files that are missing in bronze are downloaded',
    }),
    language: param.enum(['en', 'pt'], { default: 'en', description: 'The language of the report and the letter' }),
    client: param.string({ default: '', description: 'The client’s name, whom the letter addresses' }),
    month: param.string({
      default: 'all',
      description: 'The only month whose ratings are written, `2005-06`, or `all`',
    }),
  },
  // How long tasks take is estimated below for the sources' whole files: what a run costs follows from it.
  defaultArgs: { retries: 2, retryDelay: '1m', executionTimeout: '2h' },
});
const { lake, subnet, emrServiceRole, emrInstanceProfile, reportRole, kaggleSecret } = dag.env;

const database = 'desafio';
const warehouse = `s3://${lake}/iceberg/`;
const sources = {
  amazon: {
    dataset: 'cynthiarempel/amazon-us-customer-reviews-dataset',
    files: [
      'amazon_reviews_us_Digital_Video_Download_v1_00.tsv',
      'amazon_reviews_us_Video_DVD_v1_00.tsv',
      'amazon_reviews_us_Video_v1_00.tsv',
    ],
  },
  netflix: { dataset: 'netflix-inc/netflix-prize-data', files: ['combined_data_*.txt', 'movie_titles.csv'] },
};

/** One cluster for everything that runs on Spark. It is terminated as soon as gold is done, whatever failed. */
const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    core: { type: 'm5.2xlarge', count: 2 },
    subnet,
    serviceRole: emrServiceRole,
    instanceProfile: emrInstanceProfile,
    logs: `s3://${lake}/logs/emr/`,
    // EMR has Iceberg; this puts it on Spark's class path.
    configurations: [{ Classification: 'iceberg-defaults', Properties: { 'iceberg.enabled': 'true' } }],
    idleTimeout: '30m',
  }),
  { estimate: ['5m', '15m'] },
);

const silver = Object.entries(sources).map(([source, { dataset, files }]) => {
  /** Lands the source’s raw files in bronze; what is there already is taken as it is. */
  const ingest = dag.task(
    `ingest_${source}`,
    kaggle.download({
      cluster,
      dataset,
      files,
      to: `s3://${lake}/bronze/${source}/`,
      fromKaggle: dag.params.fromKaggle,
      secret: kaggleSecret,
    }),
    { estimate: ['1m', '15m'] },
  );
  /** Cleans the source into its tables; every row that is dropped is counted by reason. */
  const clean = dag.task(`silver_${source}`, onSpark('silver', source), { estimate: ['2m', '20m'] });
  return clean.after(ingest);
});

/** Fails where silver breaks its contract (spark/contracts.py), before gold is made of it. */
const checkSilver = dag
  .task('check_silver', onSpark('check', 'silver'), { estimate: ['1m', '10m'], retries: 0 })
  .after(...silver);

/** The analysis tables: customer, movies, ratings. */
const gold = dag.task('gold', onSpark('gold'), { estimate: ['2m', '20m'] }).after(checkSilver);

/** Fails where gold breaks its contract, before anybody asks it anything. */
const checkGold = dag.task('check_gold', onSpark('check', 'gold'), { estimate: ['1m', '10m'], retries: 0 }).after(gold);

const questions = sqlFiles('sql').map(({ id, sql }) =>
  dag
    .task(id, athena.query({ sql, database, results: `s3://${lake}/consultas/${id}/`, reads: [warehouse] }), {
      estimate: ['5s', '2m'],
    })
    .after(checkGold),
);

/** The answers as documents for the client: report.html and email_cliente.docx. */
dag
  .task(
    'report',
    glue.pythonShell({
      script: 'spark/report.py',
      role: reportRole,
      args: { lake: `s3://${lake}`, language: dag.params.language, client: dag.params.client, date: dag.logicalDate },
      modules: ['pygal==3.1.3', 'python-docx==1.2.0'],
    }),
    { estimate: ['1m', '5m'] },
  )
  .after(...questions);

function onSpark(...args: string[]) {
  return emr.spark({
    cluster,
    script: 'spark/main.py',
    pyFiles: ['amazon', 'bronze', 'contracts', 'fields', 'gold', 'netflix', 'quality', 'storage', 'tables'].map(
      (name) => `spark/${name}.py`,
    ),
    args: [...args, `s3://${lake}`, '--iceberg', `glue.${database}`, '--month', dag.params.month],
    conf: {
      'spark.sql.catalog.glue': 'org.apache.iceberg.spark.SparkCatalog',
      'spark.sql.catalog.glue.catalog-impl': 'org.apache.iceberg.aws.glue.GlueCatalog',
      'spark.sql.catalog.glue.default-namespace': database,
      'spark.sql.catalog.glue.warehouse': warehouse,
    },
  });
}

export default dag;
