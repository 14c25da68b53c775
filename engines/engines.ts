import type { TaskCall, TaskHandler, TaskReply } from '../asl/interpret/options.ts';
import { isObject, type JsonObject } from '../asl/json/value.ts';
import { diagnose } from '../diagnostics/index.ts';
import { athena } from './athena/athena.ts';
import { Duck } from './athena/duckdb.ts';
import { emr } from './emr/emr.ts';
import { type Account, type AccountOptions, type Action, causeOf, type Engine, ServiceError } from './engine.ts';
import { Catalog } from './glue/catalog.ts';
import { glue } from './glue/glue.ts';
import { s3 } from './s3/s3.ts';

/** The services that have an engine here, by the name that stands in a Task's Resource. */
const SERVICES = {
  athena,
  elasticmapreduce: emr,
  emr,
  glue,
  s3,
} satisfies Record<string, (account: Account) => Engine>;

export type Engines = TaskHandler & { close(): Promise<void> };

/**
 * This machine as AWS: the handler that gives each Task to the engine of its service. Engines are made when first used and share one
 * account. A Task whose service or action has no engine fails, and says so.
 */
export function createEngines(options: AccountOptions): Engines {
  const account: Account = {
    ...options,
    catalog: new Catalog(options.root),
    duck: new Duck(options.run.folder, () => options.lake.folders()),
  };
  const made = new Map<string, Engine>();
  const engineOf = (service: string): Engine | undefined => {
    const make = Object.hasOwn(SERVICES, service) ? SERVICES[service as keyof typeof SERVICES] : undefined;
    if (make === undefined) return undefined;
    const name = make.name;
    const engine = made.get(name) ?? make(account);
    made.set(name, engine);
    return engine;
  };
  const handle = (call: TaskCall): Promise<TaskReply> => account.clock.during(() => attempt(call, engineOf));
  return Object.assign(handle, {
    /** Waits for what is still being ended, so that no job is left behind. */
    close: async () => {
      await account.clock.settled();
      await Promise.all([...made.values()].map((engine) => engine.close()));
      await account.duck.close();
    },
  });
}

async function attempt(call: TaskCall, engineOf: (service: string) => Engine | undefined): Promise<TaskReply> {
  const reader = call.reads === true ? engineOf(serviceOf(call.resource)) : undefined;
  const action = findAction(call.resource, engineOf);
  if (action === undefined && reader?.read === undefined) {
    const cause = causeOf(diagnose('RUN070', { resource: call.resource, state: call.state }));
    return { error: 'States.TaskFailed', cause };
  }
  try {
    const args: JsonObject = isObject(call.arguments) ? call.arguments : {};
    if (reader?.read !== undefined) return await reader.read(call);
    return { result: await (action as Action)(args, call) };
  } catch (error) {
    if (error instanceof ServiceError) return { error: error.error, cause: error.message };
    throw error;
  }
}

/** `arn:aws:states:::elasticmapreduce:addStep.sync`, `arn:aws:states:::aws-sdk:glue:getCrawler`. */
function findAction(resource: string, engineOf: (service: string) => Engine | undefined): Action | undefined {
  const [arn, , states, , , first = '', second = '', third = ''] = resource.split(':');
  if (arn !== 'arn' || states !== 'states') return undefined;
  const [service, name, actions] =
    first === 'aws-sdk' ? [second, third, engineOf(second)?.sdkActions] : [first, second, engineOf(first)?.actions];
  return service !== '' && actions !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;
}

/** `s3` of `arn:aws:states:::s3:getObject`. */
function serviceOf(resource: string): string {
  return resource.split(':')[5] ?? '';
}
