import type { EMR } from '@aws-sdk/client-emr';
import type { Glue } from '@aws-sdk/client-glue';
import type { Clients } from '../../aws/clients.ts';
import { isError, orUndefined } from '../../aws/errors.ts';
import type { Account } from '../account.ts';
import { runIn, runOfRole } from '../mark.ts';
import { answered } from '../patience.ts';
import type { Belonging } from './belonging.ts';

/** What DAGs make when they run: it has no tag of deploy's, and another mark that only a machine of the run sets. */
export function emrOf(clients: Clients): Promise<EMR> {
  return clients.of(
    { package: '@aws-sdk/client-emr', title: 'EMR', prefix: 'elasticmapreduce' },
    async (config) => new (await import('@aws-sdk/client-emr')).EMR(config),
  );
}

export function glueOf(clients: Clients): Promise<Glue> {
  return clients.of(
    { package: '@aws-sdk/client-glue', title: 'Glue', prefix: 'glue' },
    async (config) => new (await import('@aws-sdk/client-glue')).Glue(config),
  );
}

const ENDED = ['TERMINATED', 'TERMINATED_WITH_ERRORS'];
const TERMINATION_MS = 15 * 60_000;

/** A cluster that is made by a machine carries its execution's ARN, in which the machine's name stands. */
export function executionOf(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
) {
  return tags.find(({ Key }) => Key === 'dagwright:execution')?.Value;
}

/** Clusters that are up: terminated, and waited for, because EMR needs their roles until then. */
export async function clusters({ clients }: Account): Promise<Belonging[]> {
  const emr = await emrOf(clients);
  const found: Belonging[] = [];
  let Marker: string | undefined;
  do {
    const page = await emr.listClusters({
      ClusterStates: ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATING'],
      Marker,
    });
    for (const { Id: ClusterId = '' } of page.Clusters ?? []) {
      const { Cluster } = await emr.describeCluster({ ClusterId });
      const run = runIn(executionOf(Cluster?.Tags ?? [])?.split(':')[6] ?? '');
      if (run === undefined) continue;
      const remove = async () => {
        await emr.terminateJobFlows({ JobFlowIds: [ClusterId] });
        const gone = async () =>
          ENDED.includes((await emr.describeCluster({ ClusterId })).Cluster?.Status?.State ?? '') || undefined;
        await answered(gone, { ms: TERMINATION_MS, everyMs: 10_000 });
      };
      found.push({ run, kind: 'cluster', name: ClusterId, remove });
    }
    Marker = page.Marker;
  } while (Marker !== undefined);
  return found;
}

const GONE = 'EntityNotFoundException';

/** Crawlers of a run: named by its machine, with a role that deploy made for it. */
export async function crawlers({ clients }: Account): Promise<Belonging[]> {
  const glue = await glueOf(clients);
  const found: Belonging[] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.getCrawlers({ NextToken });
    for (const { Name = '', Role = '' } of page.Crawlers ?? []) {
      const run = runIn(Name);
      if (run === undefined || runOfRole(Role) !== run) continue;
      const remove = async () => {
        await orUndefined(glue.stopCrawler({ Name }), 'CrawlerNotRunningException', 'CrawlerStoppingException', GONE);
        const deleted = () =>
          glue.deleteCrawler({ Name }).then(
            () => true,
            (error: unknown) => {
              if (isError(error, GONE)) return true;
              if (isError(error, 'CrawlerRunningException', 'SchedulerTransitioningException')) return undefined;
              throw error;
            },
          );
        await answered(deleted, { ms: 5 * 60_000, everyMs: 5_000 });
      };
      found.push({ run, kind: 'crawler', name: Name, remove });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Jobs of a run, whose own runs are stopped with them. */
export async function jobs({ clients }: Account): Promise<Belonging[]> {
  const glue = await glueOf(clients);
  const found: Belonging[] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.getJobs({ NextToken });
    for (const { Name: JobName = '', Role = '' } of page.Jobs ?? []) {
      const run = runIn(JobName);
      if (run === undefined || runOfRole(Role) !== run) continue;
      const remove = async () => {
        const { JobRuns = [] } = (await orUndefined(glue.getJobRuns({ JobName }), GONE)) ?? {};
        const JobRunIds = JobRuns.filter(({ JobRunState = '' }) => /^(STARTING|RUNNING|WAITING)$/.test(JobRunState));
        if (JobRunIds.length > 0) await glue.batchStopJobRun({ JobName, JobRunIds: JobRunIds.map(({ Id }) => Id!) });
        await orUndefined(glue.deleteJob({ JobName }), GONE);
      };
      found.push({ run, kind: 'job', name: JobName, remove });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Databases of a run, with the tables in them: the suite makes them itself, with its description. */
export async function databases({ clients }: Account): Promise<Belonging[]> {
  const glue = await glueOf(clients);
  const found: Belonging[] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.getDatabases({ NextToken });
    for (const { Name = '', Description = '' } of page.DatabaseList ?? []) {
      const run = runIn(Name);
      if (run === undefined || Description !== descriptionOf(run)) continue;
      const remove = async () => {
        await orUndefined(glue.deleteDatabase({ Name }), GONE);
      };
      found.push({ run, kind: 'database', name: Name, remove });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Makes a database of a run, before a DAG does. */
export async function makeDatabase({ clients }: Account, run: string, Name: string): Promise<void> {
  const glue = await glueOf(clients);
  await orUndefined(
    glue.createDatabase({ DatabaseInput: { Name, Description: descriptionOf(run) } }),
    'AlreadyExistsException',
  );
}

function descriptionOf(run: string): string {
  return `Made by dagwright's acceptance suite (${run})`;
}
