import { mkdir } from 'node:fs/promises';
import { realClock } from '../asl/interpret/clocks.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Lineage } from '../engines/lineage/lineage.ts';
import { ProcessGroups } from '../engines/process/process-groups.ts';
import { readLineage } from '../local/config.ts';
import { lineageTarget } from '../local/lineage.ts';
import { finishDeleting } from './actions/state-machines.ts';
import type { Account } from './arn.ts';
import { Executions, MachineCache, type StopReason } from './executions/executions.ts';
import { prune, recover } from './executions/recover.ts';
import { type Answered, listen } from './http.ts';
import type { ExecutionRecord } from './store/records.ts';
import { lockData, Store } from './store/store.ts';
import { createLambda } from './work/lambda.ts';
import { forgetLineage, Lineages } from './work/lineage.ts';
import { LocalEngines } from './work/local-engines.ts';
import { Policies } from './work/policies.ts';
import { ProjectCode } from './work/project-code.ts';
import { createTasks, MockCases, type Services } from './work/tasks.ts';
import { Activities, TaskTokens } from './work/workers.ts';
import type { World } from './world.ts';

export interface ServeOptions extends Account {
  readonly project: string;
  /** Where the endpoint's state lies. */
  readonly data: string;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Step Functions Local's mock configuration. */
  readonly mocks?: string;
  /** Each call of a task is held against the policy of its machine's role. */
  readonly enforcePolicy?: true;
  /** The policy of machines that are no DAG of the project's dist/. */
  readonly policy?: string;
  /** Where the lineage of executions goes: a file or an address. */
  readonly lineage?: string;
  readonly env: NodeJS.ProcessEnv;
  /** In [0, 1); default the machine's own chance. */
  readonly random?: () => number;
  readonly groups?: ProcessGroups;
  readonly onAnswered?: (answered: Answered) => void;
  /** Told of what a person may want to know while it serves. */
  readonly onStatus?: (text: string) => void;
  readonly onDefect?: (error: unknown) => void;
}

/** An endpoint that listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** So many executions a killed server left running; they are ABORTED now. */
  readonly recovered: number;
  /** Stops running executions, ends their jobs and closes the database. */
  close(): Promise<void>;
}

const STOPPED: StopReason = {
  error: 'Dagwright.ServerStopped',
  cause: 'The endpoint was stopped while this execution was running. RedriveExecution goes on from here.',
};

/**
 * A local Step Functions endpoint: the service's wire protocol over the interpreter, the validator and this machine's engines.
 *
 *     http ─▶ protocol/  target, input checked against the service's model, pages, errors
 *          ─▶ actions/   a file an action, on
 *               store/       what there is: machines, revisions, versions, aliases, executions, histories, activities (LMDB)
 *               machines/    what an ARN names, definitions, routing, tags
 *               executions/  what runs: interpreted, written as it goes, stopped, redriven, recovered
 *               work/        what tasks reach: workers, tokens, this endpoint itself, engines, the project's code
 *
 * @throws Stop where the data folder is another server's, or the port is taken.
 */
export async function serve(options: ServeOptions): Promise<Endpoint> {
  const { data, random = Math.random, onDefect = () => {}, onStatus = () => {} } = options;
  const clock = realClock;

  // 0. What may be wrong with what was asked for.
  const mocks = options.mocks === undefined ? undefined : await MockCases.open(options.mocks);

  const account = { region: options.region, account: options.account };
  const { project, enforcePolicy, policy } = options;
  const policies = enforcePolicy
    ? await Policies.open({ account, project, onStatus, ...(policy !== undefined && { policy }) })
    : undefined;

  const target = await lineageTarget({
    option: options.lineage,
    configured: await readLineage(project),
    env: options.env,
    project,
  });
  const lineages = target && new Lineages({ target, project, data, onStatus });

  // 1. The state, which is this server's alone; what a killed one left is brought into order.
  await mkdir(data, { recursive: true });
  const unlock = await lockData(data);
  const store = await Store.open(data);
  const recovered = await recover(store, clock.now());
  for (const record of await prune(store, clock.now())) await forgetLineage(data, record);

  // 2. What tasks reach.
  const groups = options.groups ?? new ProcessGroups();
  const stop = new AbortController();
  const here = { project, env: options.env, groups, signal: stop.signal, onStatus };
  const code = new ProjectCode({ account, ...here });
  const engines = new LocalEngines({
    ...here,
    code,
    random,
    ...(policies && { access: policies.access }),
  });
  const tokens = new TaskTokens();
  const activities = new Activities(store, tokens);
  const lambda = options.env.AWS_ENDPOINT_URL_LAMBDA;
  const services = (lineage?: Lineage): Services => ({
    engines: (call) => engines.run(call, lineage),
    hasFunction: (call) => code.hasFunction(call),
    ...(lambda !== undefined && lambda !== '' && { lambda: createLambda(lambda, options) }),
  });
  const tasks = async ({ machineName, testCase, revision }: ExecutionRecord, lineage: Lineage | undefined) => {
    const mocked = testCase === undefined ? undefined : await mocks?.find(machineName, testCase);
    const real = createTasks(world, services(lineage));
    const done = mocked === undefined ? real : mocked(real);
    if (policies === undefined) return done;
    return policies.guarding(machineName, store.revisions.get(revision)?.definition ?? '', done);
  };

  // 3. What runs.
  const executions = new Executions({
    store,
    clock,
    random,
    machines: new MachineCache(),
    tasks,
    ...(lineages && { lineages }),
    onDefect,
  });
  const world: World = {
    account,
    store,
    clock,
    random,
    pager: { secret: store.secret, now: clock.now },
    executions,
    tokens,
    activities,
    ...(mocks !== undefined && { mocks }),
    onStatus,
    testTasks: () => createTasks(world, services()),
  };
  for (const { value } of store.machines.getRange())
    if (value.status === 'DELETING') await finishDeleting(value.arn, world);

  const closeState = async () => {
    await executions.close(STOPPED);
    stop.abort();
    await engines.close();
    await lineages?.close();
    groups.killAll();
    await store.close();
    await unlock();
  };

  // 4. The door.
  const { host, port, onAnswered = () => {} } = options;
  const { server, port: taken } = await listen(world, { host, port, onAnswered, onDefect }).catch(async (error) => {
    await closeState();
    throw cannotListen(error as NodeJS.ErrnoException, host, port);
  });
  return {
    host,
    port: taken,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    recovered,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      activities.closeAll();
      await executions.close(STOPPED);
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 1000).unref();
      await closed;
      await closeState();
    },
  };
}

function cannotListen({ code, message }: NodeJS.ErrnoException, host: string, port: number): Stop {
  return new Stop(diagnose('SRV002', { host, port, detail: code === 'EADDRINUSE' ? 'the port is taken' : message }), 3);
}
