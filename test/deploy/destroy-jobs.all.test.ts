import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMR } from '@aws-sdk/client-emr';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AccountWithMachines, startAccountWithMachines } from '../acceptance/account-with-machines.ts';
import { ACCOUNT, DEPLOYER_KEY, deployer, ROOT } from '../aws/deployer.ts';
import { runCommand } from '../command.ts';
import { folderWith, until } from '../local/support.ts';
import { BUCKET, makeBucket, REGION } from './support.ts';

const SLEEPS = `import os, sys, time
with open(sys.argv[sys.argv.index("--pid") + 1], "w") as file:
    file.write(str(os.getpid()))
time.sleep(600)
`;

const dagText = (id: string, pids: string) => `import { Dag, env } from 'dagwright';
import { emr, glue } from 'dagwright/tasks';
const dag = new Dag('${id}', { env: { lake: env.bucket(), service: env.role(), nodes: env.role(), mailer: env.role(), name: env.string() } });
const { service, nodes, mailer, name } = dag.env;
const cluster = dag.setup('cluster', emr.cluster({
  release: 'emr-7.13.0', primary: { type: 'm5.xlarge' }, serviceRole: service, instanceProfile: nodes,
}));
const args = { pid: \`${pids}/\${name}-${id}\`, cluster: cluster.output.ClusterId };
dag.task('mail', glue.pythonShell({ script: 'mail.py', role: mailer, args }));
export default dag;
`;

const environmentIn = (region: string, prefix: string) => ({
  ...{ region, artifacts: 'my-artifacts', prefix: `${prefix}-` },
  env: { lake: 'my-lake', service: 'managed', nodes: 'managed', mailer: 'managed', name: prefix },
});

/** Runs with a cluster and a job that is a process of this machine: `destroy --stop` as somebody who may deploy and no more. */
describe.each([
  ['aws', REGION],
  ['aws-cn', 'cn-north-1'],
] as const)('in the partition %s', (partition, region) => {
  let account: AccountWithMachines;
  beforeAll(async () => {
    account = await startAccountWithMachines({ [DEPLOYER_KEY]: deployer({ partition }) }, { partition, region });
    await makeBucket(BUCKET, region);
  }, 600_000);
  afterAll(() => account.stop());

  test('--stop ends what a run has under way, and nothing of its neighbours’', async () => {
    const pids = await folderWith();
    const cwd = await folderWith({
      'package.json': '{}',
      'mail.py': SLEEPS,
      'dags/night.ts': dagText('night', pids),
      'dags/nights.ts': dagText('nights', pids),
      'dagwright.yaml': JSON.stringify({
        environments: { dev: environmentIn(region, 'dev'), stage: environmentIn(region, 'stage') },
      }),
    });
    const dagwright = async (...args: string[]) => {
      const ended = await runCommand(args, { cwd, env: { ...process.env, NO_COLOR: '1' } });
      if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.err}`);
    };
    const RUNS = [
      ['night', 'dev'],
      ['nights', 'dev'],
      ['night', 'stage'],
    ] as const;
    const names = RUNS.map(([dag, env]) => `${env}-${dag}`);
    await dagwright('compile');
    for (const [dag, env] of RUNS) {
      await dagwright('deploy', dag, '--env', env, '--yes');
      await dagwright('run', dag, '--env', env, '--no-follow');
    }
    const emr = new EMR({ region, credentials: ROOT });
    const sfn = new SFN({ region, credentials: ROOT });

    /** Of each run: how its execution and its cluster are, and whether its job's process is there. */
    const there = async () => {
      const found: Record<string, readonly [execution: string, cluster: string, process: boolean]> = {};
      const { Clusters = [] } = await emr.listClusters({});
      for (const name of names) {
        const stateMachineArn = `arn:${partition}:states:${region}:${ACCOUNT}:stateMachine:${name}`;
        const listed = await sfn.listExecutions({ stateMachineArn }).catch(() => ({ executions: [] }));
        const ClusterId = Clusters.find(({ Name }) => Name === name)?.Id;
        const cluster = ClusterId === undefined ? undefined : (await emr.describeCluster({ ClusterId })).Cluster;
        found[name] = [
          listed.executions?.[0]?.status ?? 'no machine',
          cluster?.Status?.State ?? 'no cluster',
          isRunning(join(pids, name)),
        ];
      }
      return found;
    };
    const UNDER_WAY = ['RUNNING', 'WAITING', true];
    const GONE = ['no machine', 'TERMINATED', false];
    await until(async () =>
      Object.values(await there()).every(([, cluster, process]) => cluster === 'WAITING' && process),
    );
    expect(await there()).toEqual(Object.fromEntries(names.map((name) => [name, UNDER_WAY])));

    await dagwright('destroy', 'night', '--env', 'dev', '--yes', '--stop');
    expect(await there()).toEqual({ 'dev-night': GONE, 'dev-nights': UNDER_WAY, 'stage-night': UNDER_WAY });

    await dagwright('destroy', 'nights', '--env', 'dev', '--yes', '--stop');
    await dagwright('destroy', 'night', '--env', 'stage', '--yes', '--stop');
    expect(await there()).toEqual(Object.fromEntries(names.map((name) => [name, GONE])));
    expect(account.aws.denied).toEqual([]);
    for (const client of [emr, sfn]) client.destroy();
  }, 600_000);
});

function isRunning(pidFile: string): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
