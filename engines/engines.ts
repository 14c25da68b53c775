import type { TaskCall, TaskHandler, TaskReply } from '../asl/interpret/options.ts';
import { isObject, type JsonObject } from '../asl/json/value.ts';
import { diagnose } from '../diagnostics/index.ts';
import { Duck } from './duckdb.ts';
import {
  type Account,
  type AccountOptions,
  type Action,
  causeOf,
  type Engine,
  type EngineModule,
  ServiceError,
} from './engine.ts';
import { callOwnServer, ownServerOf } from './own-server.ts';
import { SparkHosts } from './spark/hosts.ts';

/** A service that may have an engine on this machine. */
export interface EngineSource {
  /** The names that stand for it in a Task's Resource. */
  readonly integrations: readonly string[];
  readonly engine?: () => Promise<EngineModule>;
}

export type Engines = TaskHandler & { close(): Promise<void> };

/**
 * This machine as AWS: the handler that gives each Task to the engine of its service. Engines are loaded and made when first used and
 * share one account. A Task whose service has no engine is called at a server of the user's own where there is one (own-server.ts); without
 * it, and where an engine has no such action, it fails and says so.
 */
export function createEngines(options: AccountOptions, services: readonly EngineSource[]): Engines {
  const account: Account = {
    ...options,
    duck: new Duck(options.run.folder, () => options.lake.folders()),
    spark: new SparkHosts(options.groups),
  };
  const made = new Map<EngineSource, Promise<Engine>>();
  // One after the other: engines share modules, and the loader of Jest fails where two imports meet in one.
  let loading: Promise<unknown> = Promise.resolve();
  const engineOf = async (integration: string): Promise<Engine | undefined> => {
    const service = services.find(({ integrations }) => integrations.includes(integration));
    if (service?.engine === undefined) return undefined;
    const known = made.get(service);
    if (known !== undefined) return known;
    const { engine: load } = service;
    const engine = loading.then(async () => (await load()).engine(account));
    loading = engine.catch(() => {});
    made.set(service, engine);
    return engine;
  };
  const handle = (call: TaskCall): Promise<TaskReply> =>
    account.clock.during(() => attempt(call, engineOf, account.env));
  return Object.assign(handle, {
    /** Waits for what is still being ended, so that no job is left behind. */
    close: async () => {
      await account.clock.settled();
      await Promise.all([...made.values()].map(async (engine) => (await engine).close()));
      await Promise.all([account.duck.close(), account.spark.close()]);
    },
  });
}

async function attempt(
  call: TaskCall,
  engineOf: (integration: string) => Promise<Engine | undefined>,
  env: NodeJS.ProcessEnv,
): Promise<TaskReply> {
  const { sdk, service, name } = partsOf(call.resource);
  const known = await engineOf(service);
  const engine = known?.has?.(call) === false ? undefined : known;
  const reply = engine === undefined ? await callOwnServer(call, env) : undefined;
  if (reply !== undefined) return reply;
  const reader = call.reads === true && !sdk ? engine?.read : undefined;
  const actions = sdk ? engine?.sdkActions : engine?.actions;
  const action = actions !== undefined && Object.hasOwn(actions, name) ? (actions[name] as Action) : undefined;
  if (action === undefined && reader === undefined) {
    const cause = causeOf(
      diagnose('RUN070', { resource: call.resource, state: call.state, server: ownServerOf(call.resource) }),
    );
    return { error: 'States.TaskFailed', cause };
  }
  try {
    if (reader !== undefined) return await reader(call);
    const args: JsonObject = isObject(call.arguments) ? call.arguments : {};
    return { result: await action!(args, call) };
  } catch (error) {
    if (error instanceof ServiceError) return { error: error.error, cause: error.message };
    throw error;
  }
}

/** `arn:aws:states:::elasticmapreduce:addStep.sync`, `arn:aws:states:::aws-sdk:glue:getCrawler`. */
function partsOf(resource: string): { readonly sdk: boolean; readonly service: string; readonly name: string } {
  const [arn, , states, , , first = '', second = '', third = ''] = resource.split(':');
  if (arn !== 'arn' || states !== 'states') return { sdk: false, service: '', name: '' };
  return first === 'aws-sdk'
    ? { sdk: true, service: second, name: third }
    : { sdk: false, service: first, name: second };
}
