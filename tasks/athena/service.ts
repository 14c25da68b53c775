import type { Service } from '../service.ts';

/**
 * "$5.00 per TB of data scanned … rounded up to the nearest megabyte, with a 10 MB minimum per query", on 2026-11-24 as quoted from
 * https://aws.amazon.com/athena/pricing/ by https://athena.guide/articles/athena-basics-pricing-model
 */
const PER_TB = 5;
const LEAST_MB = 10;
const MEGABYTE = 1_048_576;

/**
 * A statement that only reads, comments and parentheses before it: two of them answer the same, each in a file of its own. `EXPLAIN ANALYZE`
 * runs what it explains, `USING EXTERNAL FUNCTION` calls a Lambda function, `EXECUTE` runs a statement that is not seen here.
 * @see https://docs.aws.amazon.com/athena/latest/ug/ddl-sql-reference.html
 */
const READS = /^(?:\s|\(|--.*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values|show|describe)(?=[\s(*])/i;

const CLIENT = { package: '@aws-sdk/client-athena', prefix: 'athena', title: 'Athena' } as const;

export const athena = {
  name: 'athena',
  title: 'Athena',
  integrations: ['athena'],
  sdk: 'athena',
  iam: [
    {
      prefix: 'athena',
      arnNames: {
        DataCatalogName: {
          parameters: ['Catalog', 'Name'],
          otherwise: { given: 'QueryString', name: 'AwsDataCatalog' },
        },
        WorkGroupName: { parameters: ['WorkGroup'], otherwise: { given: 'QueryString', name: 'primary' } },
      },
    },
  ],
  jobs: {
    'athena:startQueryExecution': {
      title: 'Athena query',
      made: ['QueryExecutionId'],
      harmlessTwice: { argument: 'QueryString', form: READS },
      asks: {
        call: 'athena:getQueryExecution',
        arguments: { QueryExecutionId: '{% $job.made.QueryExecutionId %}' },
        state: '$states.result.QueryExecution.Status.State',
        ended: ['SUCCEEDED', 'FAILED', 'CANCELLED'],
      },
      ends: {
        call: 'athena:stopQueryExecution',
        arguments: { QueryExecutionId: '{% $job.made.QueryExecutionId %}' },
      },
    },
  },
  local: { python: true, duckdb: true },
  client: CLIENT,
  account: {
    named: [
      {
        title: 'workgroup',
        parameters: ['WorkGroup'],
        actions: ['startQueryExecution'],
        // Every account has `primary`.
        form: '^(?!primary$).+$',
        asks: { client: CLIENT, call: 'athena:getWorkGroup', arguments: { WorkGroup: '${given}' } },
        // "WorkGroup … is not found."
        none: ['InvalidRequestException'],
        state: { path: ['WorkGroup', 'State'], unusable: ['DISABLED'] },
        make: '`aws athena create-work-group --name ${given} --region ${region}`',
      },
    ],
  },
  kept: [
    {
      action: 'startQueryExecution',
      title: 'query results in',
      name: ['ResultConfiguration', 'OutputLocation'],
      isData: true,
    },
  ],
  prices: {
    query: {
      what: `$${PER_TB} per TB scanned, at least ${LEAST_MB} MB a query`,
      least: (PER_TB * LEAST_MB) / 1_048_576,
      open: 'nobody knows before how much a query scans',
      source: 'https://aws.amazon.com/athena/pricing/',
    },
  },
  measured: {
    action: 'startQueryExecution',
    path: ['QueryExecution', 'Statistics', 'DataScannedInBytes'],
    unit: MEGABYTE,
    least: LEAST_MB * MEGABYTE,
    dollarsPerUnit: PER_TB / 1_048_576,
  },
  samples: { query: { QueryExecution: { QueryExecutionId: '00000000-0000-4000-8000-000000000000' } } },
  otherNames: {
    '^(?:sql|select|run|execute|start_?query)$': '`athena.query({ sql: … })`',
    '^(?:ctas|create_?table)$': '`athena.createTableAs({ table, sql: … })`',
    '^(?:export|to_?s3)$': '`athena.unload({ sql, to: … })`',
  },
} as const satisfies Service;
