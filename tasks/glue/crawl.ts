import {
  type ChecksOf,
  expression,
  type Fragment,
  filled,
  type LoweringContext,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { checkedTemplate, type OtherNames, roleNameOrArn, s3Path } from '../checked.ts';
import { machineTag, ownName } from '../own-names.ts';
import { crawlerRole, tags } from './roles.ts';
import { glue } from './service.ts';

/** A crawl of a folder of tables. */
export interface CrawlParameters {
  readonly database: string;
  /** The role that the crawler assumes: it reads the files and writes the catalog. */
  readonly role: string;
  /** The folder whose folders are the tables, `s3://bucket/prefix/`. */
  readonly path: string;
  /** The crawler's name. Default `<machine>_<task>`. */
  readonly name?: string;
}

const POLL_SECONDS = 15;
const READY = "$states.input.Crawler.State = 'READY'";
/** By Glue's own clock alone: it began after the one that was the last before the start. Of a crawler's first crawl there is none before. */
const OURS = '$states.input.Crawler.LastCrawl.StartTime != $before';

/**
 * Brings the catalog up to date with the files: makes the database and the crawler where they are missing, waits until the crawler is
 * READY, gives one that was there what the DAG says of it today (role, path, database), starts it, and ends well only on a crawl that began
 * after that start: one that was under way may have listed the folder before the files were written. When somebody else was faster
 * (`CrawlerRunningException`) it waits and begins again.
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_StartCrawler.html
 *
 * @example
 * ```ts
 * dag.task('catalog', glue.crawl({ database: 'sales', role: 'crawler', path: 's3://lake/silver/' }));
 * ```
 */
export function crawl(parameters: CrawlParameters): Template<Record<string, never>> {
  return checkedTemplate('glue.crawl', parameters, CRAWL, made, OTHER_NAMES);
}

const CRAWL: ChecksOf<CrawlParameters> = {
  database: required(filled),
  role: required(roleNameOrArn),
  path: required(s3Path),
  name: filled,
};

const OTHER_NAMES: OtherNames = {
  databasename: 'database',
  iamrole: 'role',
  rolearn: 'role',
  crawlerrole: 'role',
  executionrole: 'role',
  s3path: 'path',
  s3targets: 'path',
  targets: 'path',
  target: 'path',
  crawlername: 'name',
  crawler: 'name',
};

function made(parameters: CrawlParameters): Template<Record<string, never>> {
  return template({
    service: 'glue',
    kind: 'glue.crawl',
    outputFields: {},
    // It brings the catalog up to date: that it is done to its end is no harm, and the next run waits for it.
    goesOn: 'Glue crawl',
    charge: glue.prices.crawl,
    lower: (context) => lower(parameters, context),
    permissions: ({ task }) => [tags(`database/${parameters.database}`, `crawler/${parameters.name ?? ownName(task)}`)],
    roles: () => [crawlerRole(parameters)],
  });
}

function lower(
  { database, role, path, ...rest }: CrawlParameters,
  { task, timeoutSeconds }: LoweringContext,
): Fragment {
  const name = rest.name ?? ownName(task);
  const begin = timeoutSeconds === undefined ? {} : { deadline: expression(`$millis() + ${timeoutSeconds * 1000}`) };
  const isLate = { Condition: expression('$millis() > $deadline'), Next: 'timed out' };
  const late = timeoutSeconds === undefined ? [] : [isLate];
  const crawler = {
    Name: name,
    Role: role,
    DatabaseName: database,
    Targets: { S3Targets: [{ Path: path }] },
    SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DEPRECATE_IN_DATABASE' },
    // Tables are the folders right below the path, also where two of them have similar columns.
    Configuration: JSON.stringify({ Version: 1, Grouping: { TableLevelConfiguration: depth(path) + 1 } }),
  };
  return {
    start: 'database',
    variables: ['before', 'deadline', 'outdated'],
    samples: { get: glue.samples.crawler, look: glue.samples.crawled },
    states: {
      database: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:createDatabase',
        Arguments: { DatabaseInput: { Name: database }, Tags: machineTag() },
        Assign: { ...begin, outdated: false },
        Catch: [
          { ErrorEquals: ['Glue.AlreadyExistsException'], Assign: { ...begin, outdated: false }, Next: 'crawler' },
        ],
        Next: 'crawler',
      },
      crawler: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:createCrawler',
        Arguments: { ...crawler, Tags: machineTag() },
        Catch: [{ ErrorEquals: ['Glue.AlreadyExistsException'], Assign: { outdated: true }, Next: 'get' }],
        Next: 'get',
      },
      get: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:getCrawler',
        Arguments: { Name: name },
        Assign: {
          before: expression(
            "$exists($states.result.Crawler.LastCrawl.StartTime) ? $states.result.Crawler.LastCrawl.StartTime : ''",
          ),
        },
        Next: 'free?',
      },
      'free?': {
        Type: 'Choice',
        Choices: [
          { Condition: expression(`${READY} and $outdated`), Next: 'update' },
          { Condition: expression(READY), Next: 'start' },
          ...late,
        ],
        Default: 'wait for another',
      },
      'wait for another': { Type: 'Wait', Seconds: POLL_SECONDS, Next: 'get' },
      update: {
        Type: 'Task',
        Comment: 'A crawler that was there follows the DAG.',
        Resource: 'arn:aws:states:::aws-sdk:glue:updateCrawler',
        Arguments: crawler,
        Assign: { outdated: false },
        Catch: [{ ErrorEquals: ['Glue.CrawlerRunningException'], Next: 'wait for another' }],
        Next: 'start',
      },
      start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:startCrawler',
        Arguments: { Name: name },
        Catch: [{ ErrorEquals: ['Glue.CrawlerRunningException'], Next: 'wait for another' }],
        Next: 'wait',
      },
      wait: { Type: 'Wait', Seconds: POLL_SECONDS, Next: 'look' },
      look: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:getCrawler',
        Arguments: { Name: name },
        Next: 'ended?',
      },
      'ended?': {
        Type: 'Choice',
        Choices: [
          {
            Condition: expression(`${READY} and ${OURS} and $states.input.Crawler.LastCrawl.Status = 'SUCCEEDED'`),
            Next: 'done',
          },
          { Condition: expression(`${READY} and ${OURS}`), Next: 'failed' },
          ...late,
        ],
        Default: 'wait',
      },
      done: { Type: 'Succeed', Output: {} },
      failed: {
        Type: 'Fail',
        Error: 'Glue.CrawlFailed',
        Cause: expression('$string($states.input.Crawler.LastCrawl)'),
      },
      ...(timeoutSeconds !== undefined && {
        'timed out': {
          Type: 'Fail',
          Error: 'States.Timeout',
          Cause: `The crawl did not end within ${timeoutSeconds} seconds.`,
        },
      }),
    },
  };
}

/** The level of a folder as Glue counts: the bucket is level 1. */
function depth(path: string): number {
  return path
    .slice('s3://'.length)
    .split('/')
    .filter((part) => part !== '').length;
}
