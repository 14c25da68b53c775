import { orUndefined } from '../../aws/errors.ts';
import type { Account } from '../account.ts';
import { emrOf, executionOf } from '../belongings/made-by-runs.ts';
import type { Bench, Check } from '../check.ts';
import { projectWith } from '../project.ts';
import { expectThat, NotRun } from '../verdict.ts';
import type { Workspace } from '../workspace.ts';

const MINUTE = 60_000;
/** How long a cluster may take from the end of its run to its own. */
const GONE_MS = 20 * MINUTE;
const ENDED = ['TERMINATED', 'TERMINATED_WITH_ERRORS'];

/** Runs that are stopped, and one that times out, must leave no cluster. */
export const stops: Check = {
  number: 7,
  name: 'stops',
  title:
    'A run that is stopped while its cluster starts or has a step, or whose cluster comes too late, leaves no cluster',
  makes: 'three times a cluster of one m5.xlarge, a machine with its roles and its cleanup',
  most: 0.75,
  why: 'three times one m5.xlarge, with EMR’s part $0.24 an hour, for at most one hour',
  minutes: 120,
  async run(at) {
    const { account, mark, part } = at;
    const sfn = await account.clients.sfn();
    const project = await projectWith(at, ['stopped']);
    const writeDag = (one: Workspace, start: string) =>
      one.copy('acceptance/dags/stopped.ts', 'dags/stopped.ts', (text) => stoppedDag(text, start, at.subnet));
    await writeDag(project, "const START = '30m'");
    await project.must(['compile']);

    await part('stopped while its cluster starts', async () => {
      await project.must(['deploy', 'stopped', '--yes']);
      const run = await started(project);
      const cluster = await clusterOf(at, run);
      await project.must(['stop', 'stopped', '--yes']);
      await goneAfter(at, cluster, 'stopped while it started');
    });
    await part('stopped while a step runs', async () => {
      const run = await started(project);
      const cluster = await clusterOf(at, run);
      const emr = await emrOf(account.clients);
      const isStepRunning = async () =>
        (await emr.listSteps({ ClusterId: cluster, StepStates: ['RUNNING'] })).Steps?.length ? true : undefined;
      await at.until(isStepRunning, {
        ms: 30 * MINUTE,
        everyMs: 15_000,
        otherwise: 'No step ran within half an hour.',
      });
      await project.must(['stop', 'stopped', '--yes']);
      await goneAfter(at, cluster, 'stopped in a step');
    });
    await part('a create that times out', async () => {
      await writeDag(project, "const START = '1m'");
      await project.must(['compile']);
      await project.must(['deploy', 'stopped', '--yes']);
      const run = await started(project);
      const cluster = await clusterOf(at, run);
      const ended = await at.until(
        async () => {
          const found = await sfn.describeExecution({ executionArn: run });
          if (found.status !== 'RUNNING') return found;
          return (await stateOf(at, cluster)).match(/^(RUNNING|WAITING)$/) ? 'in time' : undefined;
        },
        { ms: 30 * MINUTE, everyMs: 10_000, otherwise: 'The run did not end within half an hour.' },
      );
      if (ended === 'in time') {
        await project.must(['stop', 'stopped', '--yes']);
        await goneAfter(at, cluster, 'stopped, for its cluster came in time');
        throw new NotRun('The cluster was there within the minute that the run waits for it.');
      }
      at.keep('the run whose cluster came too late', ended);
      expectThat(ended.status === 'FAILED' || ended.status === 'TIMED_OUT', `It ended ${ended.status}.`);
      await goneAfter(at, cluster, 'a create that timed out');
    });

    async function started(one: Workspace): Promise<string> {
      const { executionArn } = await one.json<{ executionArn: string }>(['run', 'stopped', '--no-follow']);
      at.say(`  ${mark.run} ${executionArn.split(':').at(-1)}`);
      return executionArn;
    }
  },
};

/** The DAG with another time for its cluster to start, and in a subnet where one is given. */
export function stoppedDag(text: string, start: string, subnet: string | undefined): string {
  const timed = text.replace("const START = '30m'", start);
  return subnet === undefined ? timed : timed.replace('    serviceRole:', `    subnet: '${subnet}',\n    serviceRole:`);
}

/** The cluster of an execution, as soon as EMR lists it. @throws NotRun where the machine made it at another EMR than the one that is asked */
async function clusterOf({ account, until, keep, mark }: Bench, execution: string): Promise<string> {
  const emr = await emrOf(account.clients);
  const listed = async () => {
    const { Clusters = [] } = await emr.listClusters({ CreatedAfter: new Date(Date.now() - 60 * MINUTE) });
    for (const { Id: ClusterId = '' } of Clusters) {
      const { Cluster } = await emr.describeCluster({ ClusterId });
      if (executionOf(Cluster?.Tags ?? []) === execution) return ClusterId;
    }
    const made = account.isAws ? undefined : await clusterInHistory(account, execution);
    const isKnown = made === undefined || (await orUndefined(emr.describeCluster({ ClusterId: made }), NO_CLUSTER));
    if (isKnown) return undefined;
    throw new NotRun(
      `EMR at this endpoint does not know ${made}, which a machine of ${mark.run} made: its tasks ask another.`,
    );
  };
  const cluster = await until(listed, { ms: 5 * MINUTE, otherwise: 'EMR lists no cluster of the run.' });
  keep('a cluster', { cluster, execution });
  return cluster;
}

const NO_CLUSTER = 'InvalidRequestException';

/** The cluster that the history names. */
async function clusterInHistory({ clients }: Account, executionArn: string): Promise<string | undefined> {
  const { events = [] } = await (await clients.sfn()).getExecutionHistory({ executionArn, maxResults: 1000 });
  return /\bj-[A-Z0-9]{6,}\b/.exec(JSON.stringify(events))?.[0];
}

async function stateOf({ account }: Bench, ClusterId: string): Promise<string> {
  const emr = await emrOf(account.clients);
  return (await emr.describeCluster({ ClusterId })).Cluster?.Status?.State ?? '';
}

/** Waits until a cluster is gone, and keeps how long that took. */
async function goneAfter(at: Bench, ClusterId: string, what: string): Promise<void> {
  const { until, keep } = at;
  const began = Date.now();
  let state = '';
  let ending: number | undefined;
  const isGone = async () => {
    state = await stateOf(at, ClusterId);
    if (state.startsWith('TERMINAT')) ending ??= Date.now() - began;
    return ENDED.includes(state) ? true : undefined;
  };
  try {
    await until(isGone, {
      ms: GONE_MS,
      everyMs: 5_000,
      otherwise: `The cluster is not gone after ${GONE_MS / MINUTE} minutes.`,
    });
  } finally {
    const seconds = {
      untilEnding: ending === undefined ? null : ending / 1000,
      untilGone: (Date.now() - began) / 1000,
    };
    keep(`the cluster of a run that was ${what}`, { state, ...seconds });
  }
}
