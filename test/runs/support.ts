import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { CreateStateMachineAliasCommand, CreateStateMachineCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { namesOf } from '../../aws/names.ts';
import { starterDefinition } from '../../deploy/desired/schedule.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import { deployer } from '../aws/deployer.ts';
import { ACCOUNT as EMULATED } from '../aws/ministack.ts';
import type { Principal } from '../aws/strict/principals.ts';
import { type StrictAws, startStrictAws } from '../aws/strict/strict-aws.ts';
import { type Ended, runCommand, startCommand } from '../command.ts';
import { ACCOUNT, ROLE, startServer } from '../endpoint/support.ts';
import { folderWith } from '../local/support.ts';

/** What a DAG's folder in dist/ holds, as far as runs/ reads it. */
export interface SmallDag {
  readonly id: string;
  readonly definition: object;
  readonly tasks: readonly (Pick<ManifestTask, 'id'> & Partial<ManifestTask>)[];
  readonly manifest?: Partial<Manifest>;
}

const OPERATOR_KEY = 'local';
const PLACE = { partition: 'aws', ...ACCOUNT };

export const CONFIG = `defaultEnv: test
environments:
  test:
    region: ${ACCOUNT.region}
    account: '${ACCOUNT.account}'
    artifacts: my-artifacts
`;

/** One task that is done at once. */
export const INSTANT: SmallDag = {
  id: 'daily',
  definition: { StartAt: 'hello', States: { hello: { Type: 'Pass', End: true } } },
  tasks: [{ id: 'hello' }],
  manifest: { schedule: '@daily' },
};

export interface Project {
  readonly folder: string;
  /** Step Functions itself, which does whatever it is told. */
  readonly url: string;
  /** What commands reach it by. */
  readonly strict: StrictAws;
  readonly sfn: SFNClient;
  /** Makes the machine of a DAG as deploy does, by name and alias, and its folder in dist/. */
  deploy(dag: SmallDag): Promise<string>;
  /** Makes what a DAG's schedule starts, as deploy does. */
  starter(dag: SmallDag): Promise<string>;
  /** Starts the built command (`npm run build`). */
  start(...args: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** Runs the built command to its end, in the process that the file's commands share. */
  run(...args: string[]): Promise<Ended>;
  /** The same, with more in its environment. */
  runWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended>;
  close(): Promise<void>;
}

/** A project whose environment is a local endpoint. */
export async function projectWith(...dags: readonly SmallDag[]): Promise<Project> {
  return projectOn({}, ...dags);
}

interface OnOptions {
  /** The endpoint of everything but Step Functions. */
  readonly other?: string;
  /** What the endpoint's tasks answer. */
  readonly mocks?: object;
  /** Step Functions' account, where it is to be the other endpoint's. */
  readonly account?: string;
  /** Who operates. Default: somebody who may do what docs/deploy.md says, and no more. */
  readonly caller?: Principal;
  readonly files?: Readonly<Record<string, string>>;
}

/** The same, where everything but Step Functions is another endpoint's. */
export async function projectOn(
  { other, mocks, caller, files: more = {}, ...given }: OnOptions,
  ...dags: readonly SmallDag[]
): Promise<Project> {
  // One account: who calls is asked of the other endpoint.
  const account = given.account ?? (other === undefined ? ACCOUNT.account : EMULATED);
  const files = dags.map((dag) => [`dist/${dag.id}/manifest.json`, JSON.stringify(manifestOf(dag))]);
  const folder = await folderWith({
    'dagwright.yaml': CONFIG.replace(ACCOUNT.account, account),
    'mocks.json': JSON.stringify(mocks ?? {}),
    ...Object.fromEntries(files),
    ...more,
  });
  const server = await startServer({
    project: folder,
    account,
    ...(mocks !== undefined && { mocks: join(folder, 'mocks.json') }),
  });
  const { sfn } = server;
  const { url } = server.endpoint;
  // Commands reach the servers through what decides their calls.
  const strict = await startStrictAws({
    ...{ endpoint: other ?? url, states: url, account },
    callers: { [OPERATOR_KEY]: caller ?? deployer({ account }) },
  });
  const children = new Set<ChildProcess>();
  const envWith = (env: NodeJS.ProcessEnv) => ({
    ...clientEnv(strict.url),
    ...(other !== undefined && { AWS_ENDPOINT_URL: strict.url }),
    ...env,
  });
  const runWith = (env: NodeJS.ProcessEnv, ...args: string[]) => runCommand(args, { cwd: folder, env: envWith(env) });
  const project: Project = {
    folder,
    url,
    strict,
    sfn,
    deploy: async ({ id, definition }) => {
      const made = await sfn.send(
        new CreateStateMachineCommand({
          name: id,
          definition: JSON.stringify(definition),
          roleArn: ROLE,
          publish: true,
        }),
      );
      const routes = [{ stateMachineVersionArn: made.stateMachineVersionArn!, weight: 100 }];
      await sfn.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration: routes }));
      return made.stateMachineArn!;
    },
    starter: async (dag) => {
      const names = namesOf({ prefix: '', dag: dag.id, artifacts: 'my-artifacts' }, PLACE);
      const definition = JSON.stringify(starterDefinition(manifestOf(dag), names, PLACE));
      const made = await sfn.send(new CreateStateMachineCommand({ name: names.starter, definition, roleArn: ROLE }));
      return made.stateMachineArn!;
    },
    start: (...args) => {
      const started = startCommand(args, { cwd: folder, env: envWith({}) });
      children.add(started.child);
      return started;
    },
    run: (...args) => runWith({}, ...args),
    runWith,
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      await strict.stop();
      await server.stop();
    },
  };
  for (const dag of dags) await project.deploy(dag);
  return project;
}

/** What lets a command reach the endpoint, and nothing of this machine's own AWS settings. */
export function clientEnv(url: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL_SFN: url,
    AWS_ACCESS_KEY_ID: OPERATOR_KEY,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TZ: 'Asia/Tokyo',
  };
}

function manifestOf({ id, tasks, manifest }: SmallDag): Manifest {
  return {
    manifestVersion: 1,
    dag: id,
    schedule: null,
    catchup: false,
    tags: [],
    params: { type: 'object', properties: {}, required: [], additionalProperties: false },
    env: {},
    assets: [],
    tasks: tasks.map((task) => ({
      kind: 'task',
      service: 'pass',
      upstreams: [],
      triggerRule: 'all_success',
      states: [task.id],
      ...task,
    })),
    ...manifest,
  };
}
