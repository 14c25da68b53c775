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
import { checkedTemplate, s3Path } from '../checked.ts';
import { ownName } from '../own-names.ts';
import { crawlerRole } from './roles.ts';
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
/** `and` evaluates both sides, and a comparison with null is an error: before the start `$started` is 0. */
const OURS = '$started > 0 and $toMillis($states.input.Crawler.LastCrawl.StartTime) >= $started';

/**
 * Brings the catalog up to date with the files: makes the database and the crawler where they are missing, waits until the crawler is
 * READY, starts it, and ends well only on a crawl that began after that start: one that was under way may have listed the folder before
 * the files were written. When somebody else was faster (`CrawlerRunningException`) it waits and begins again.
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_StartCrawler.html
 *
 * @example
 * ```ts
 * dag.task('catalog', glue.crawl({ database: 'sales', role: 'crawler', path: 's3://lake/silver/' }));
 * ```
 */
export function crawl(parameters: CrawlParameters): Template<Record<string, never>> {
  return checkedTemplate('glue.crawl', parameters, CRAWL, made);
}

const CRAWL: ChecksOf<CrawlParameters> = {
  database: required(filled),
  role: required(filled),
  path: required(s3Path),
  name: filled,
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
    permissions: () => [],
    roles: () => [crawlerRole(parameters)],
  });
}

function lower(
  { database, role, path, ...rest }: CrawlParameters,
  { task, timeoutSeconds }: LoweringContext,
): Fragment {
  const name = rest.name ?? ownName(task);
  const begin = {
    started: 0,
    ...(timeoutSeconds !== undefined && { deadline: expression(`$millis() + ${timeoutSeconds * 1000}`) }),
  };
  return {
    start: 'database',
    variables: ['started', 'deadline'],
    samples: { get: glue.samples.crawler },
    states: {
      database: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:createDatabase',
        Arguments: { DatabaseInput: { Name: database } },
        Assign: begin,
        Catch: [{ ErrorEquals: ['Glue.AlreadyExistsException'], Assign: begin, Next: 'crawler' }],
        Next: 'crawler',
      },
      crawler: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:createCrawler',
        Arguments: {
          Name: name,
          Role: role,
          DatabaseName: database,
          Targets: { S3Targets: [{ Path: path }] },
          SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DEPRECATE_IN_DATABASE' },
          // Tables are the folders right below the path, also where two of them have similar columns.
          Configuration: JSON.stringify({ Version: 1, Grouping: { TableLevelConfiguration: depth(path) + 1 } }),
        },
        Catch: [{ ErrorEquals: ['Glue.AlreadyExistsException'], Next: 'get' }],
        Next: 'get',
      },
      get: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:getCrawler',
        Arguments: { Name: name },
        Next: 'ready?',
      },
      'ready?': {
        Type: 'Choice',
        Choices: [
          {
            Condition: expression(`${READY} and ${OURS} and $states.input.Crawler.LastCrawl.Status = 'SUCCEEDED'`),
            Next: 'done',
          },
          { Condition: expression(`${READY} and ${OURS}`), Next: 'failed' },
          ...(timeoutSeconds === undefined
            ? []
            : [{ Condition: expression('$millis() > $deadline'), Next: 'timed out' }]),
          { Condition: expression(`${READY} and $started = 0`), Next: 'start' },
        ],
        Default: 'wait',
      },
      start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:glue:startCrawler',
        Arguments: { Name: name },
        // To the second: Glue's timestamps may be no finer.
        Assign: { started: expression('$floor($toMillis($states.context.State.EnteredTime) / 1000) * 1000') },
        Catch: [{ ErrorEquals: ['Glue.CrawlerRunningException'], Next: 'wait' }],
        Next: 'wait',
      },
      wait: { Type: 'Wait', Seconds: POLL_SECONDS, Next: 'get' },
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
