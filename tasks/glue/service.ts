import type { Service } from '../service.ts';
import { CRAWL, REGIONS } from './prices.ts';
import { GLUE_SPARK } from './spark-versions.ts';

/** Tagging what is made, in the call that makes it. */
function taggingOf(kind: string) {
  return {
    action: 'glue:TagResource',
    resource: `arn:\${partition}:glue:\${region}:\${account}:${kind}/\${Name}`,
    given: 'Tags',
  };
}

function own(resource: string): string {
  return `arn:\${partition}:glue:\${region}:\${account}:${resource}`;
}

const CLIENT = { package: '@aws-sdk/client-glue', prefix: 'glue', title: 'Glue' } as const;

export const glue = {
  name: 'glue',
  title: 'Glue',
  integrations: ['glue'],
  sdk: 'glue',
  iam: [
    {
      prefix: 'glue',
      passedRoles: { Role: 'glue.amazonaws.com' },
      namesNoSource: ['glue.amazonaws.com'],
      alsoNeeded: { CreateCrawler: [taggingOf('crawler')], CreateJob: [taggingOf('job')] },
    },
  ],
  jobs: {
    'glue:startJobRun': {
      title: 'Glue job run',
      given: ['JobName'],
      made: ['JobRunId'],
      asks: {
        call: 'glue:getJobRun',
        arguments: { JobName: '{% $job.given.JobName %}', RunId: '{% $job.made.JobRunId %}' },
        state: '$states.result.JobRun.JobRunState',
        ended: ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMEOUT', 'ERROR', 'EXPIRED'],
        forgotten: ['Glue.EntityNotFoundException'],
      },
      ends: {
        call: 'glue:batchStopJobRun',
        arguments: { JobName: '{% $job.given.JobName %}', JobRunIds: ['{% $job.made.JobRunId %}'] },
      },
    },
  },
  account: {
    named: [
      {
        title: 'job',
        parameters: ['JobName'],
        actions: ['startJobRun'],
        madeBy: { createJob: 'Name' },
        asks: { client: CLIENT, call: 'glue:getJob', arguments: { JobName: '${given}' } },
        none: ['EntityNotFoundException'],
        make: 'Make it, or let the DAG: `glue.job({ … })` makes and runs one.',
      },
      {
        title: 'crawler',
        parameters: ['Name'],
        actions: ['startCrawler'],
        madeBy: { createCrawler: 'Name' },
        asks: { client: CLIENT, call: 'glue:getCrawler', arguments: { Name: '${given}' } },
        none: ['EntityNotFoundException'],
        make: 'Make it, or let the DAG: `glue.crawl({ … })` makes and runs one.',
      },
    ],
  },
  local: {
    python: true,
    duckdb: true,
    // Jobs of other kinds have no Spark. That of a job which is there already stands in the catalog.
    spark: {
      releaseIn: { createJob: 'GlueVersion' },
      where: { path: ['Command', 'Name'], value: 'glueetl' },
      title: 'Glue ',
      versions: GLUE_SPARK,
    },
  },
  prices: { crawl: CRAWL },
  priceRegions: REGIONS,
  kept: [
    { action: 'createDatabase', title: 'database', name: ['DatabaseInput', 'Name'] },
    { action: 'createCrawler', title: 'crawler', name: ['Name'] },
    { action: 'createJob', title: 'job', name: ['Name'] },
  ],
  // Names are the DAG's, or called after its machine: each thing is asked for its tag before it is removed.
  keptPermissions: [
    { actions: ['glue:ListCrawlers', 'glue:ListJobs'], resources: ['*'] },
    { actions: ['glue:DeleteCrawler', 'glue:GetCrawler'], resources: [own('crawler/*')] },
    { actions: ['glue:DeleteJob', 'glue:GetJob'], resources: [own('job/*')] },
    {
      actions: ['glue:DeleteDatabase', 'glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTables'],
      resources: [own('catalog'), own('database/*'), own('table/*'), own('userDefinedFunction/*')],
    },
    { actions: ['glue:GetTags'], resources: [own('crawler/*'), own('database/*'), own('job/*')] },
  ],
  samples: {
    // Before a start, and behind it.
    crawler: { Crawler: { State: 'READY' } },
    crawled: { Crawler: { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime: '2026-01-01T00:00:00Z' } } },
  },
  otherNames: {
    '^(?:etl|spark|create_?job|jobs)$': '`glue.job({ … })`',
    '^(?:run_?job|run|start|start_?job_?run)$': "`glue.startJob({ job: '…' })`",
    '^(?:ray|ray_?job|streaming|streaming_?job)$':
      "`glue.startJob({ job: '…' })`, which runs a Ray job or a streaming job that is there (`wait: false` for one without an end)",
    '^crawler$': '`glue.crawl({ … })`',
    '^(?:python|shell)$': '`glue.pythonShell({ … })`',
  },
} as const satisfies Service;
