import type { Json, JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders, fillText, hasPlaceholder } from '../../asl/placeholders/index.ts';
import { iamActionsOf, parametersOf, readArn, resourcesOf } from '../../asl/services/iam/index.ts';
import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import type { NamedThing } from '../../tasks/service.ts';
import { SERVICES_IAM } from '../../tasks/services.ts';
import type { Desired } from '../desired/desired.ts';
import { decidedOn } from '../permissions/calls.ts';
import { type Finding, type Look, looked, missing, type Takes, there } from './finding.ts';
import { callsOfMachines, isKnown, type MachineCall } from './machine-calls.ts';

/** A thing that tasks of a DAG name, and how they write its name. */
interface Named {
  readonly thing: NamedThing;
  readonly given: string;
  /** What `form` reads in it, with its region and its account where it says them. */
  readonly parts: Readonly<Record<string, string>>;
  readonly states: readonly string[];
}

/**
 * Whether what the tasks of a DAG name and no machine or deploy makes is there: topics, queues, tables. How each kind is asked for stands with its
 * service (`account.named`); all of it are calls that read.
 * @param taskOf the task that a state of the machine belongs to
 */
export function lookAtNamedThings(
  aws: Clients,
  caller: Caller,
  desired: Desired,
  { taskOf, made }: { readonly taskOf: (state: string) => string; readonly made: ReadonlySet<string> },
): { readonly given: string; readonly look: Look }[] {
  const { region, partition, account } = caller;
  return namedBy(callsOfMachines(desired.resources)).flatMap((named) => {
    const { thing, given, states } = named;
    const arn = readArn(given);
    const place = { region, partition, account, ...arn, ...named.parts };
    const values = { ...place, given };
    const asked = { ...thing.asks, arguments: fillPlaceholders(thing.asks.arguments, values) };
    const takes = takesOf(asked, caller);
    // What deploy makes, of this DAG or of another one, is not missing.
    if (takes.Resource.some((one) => made.has(one))) return [];
    const tasks = [...new Set(states.map(taskOf))].sort();
    const { title } = thing;
    const about = `the ${title} ${given} (${tasks.join(', ')} of ${desired.dag})`;
    const said = { title, name: given, dag: desired.dag, tasks };
    const look =
      place.region !== region
        ? elsewhere(about, diagnose('DOC025', { ...said, actual: place.region, region }))
        : looked(about, takes, async () => {
            const answer = await answerTo(aws, thing, asked);
            if (answer === undefined)
              return missing(about, diagnose('DOC023', { ...said, region, make: fillText(thing.make, values) }));
            const state = thing.state && textAt(answer, thing.state.path);
            if (state !== undefined && thing.state!.unusable.includes(state))
              return missing(about, diagnose('DOC024', { ...said, state }));
            return [there(about, state === undefined ? 'there' : `there (${state})`), ...keyOf(named, answer, desired)];
          });
    return [{ given, look }];
  });
}

/** The packages of the clients with which what these calls name is asked for; placeholders in them may still be open. */
export function clientsOfNamed(calls: readonly MachineCall[]): string[] {
  return namedBy(calls).map(({ thing }) => thing.asks.client.package);
}

function namedBy(calls: readonly MachineCall[]): Named[] {
  const found = new Map<string, Named>();
  for (const call of calls)
    for (const thing of thingsOf(call))
      for (const given of valuesIn(call, thing.parameters)) {
        const read = new RegExp(thing.form ?? '').exec(given);
        const parts = { ...read?.groups };
        if (read === null && !hasPlaceholder(given)) continue;
        if (makes(calls, call.title, thing, [given, parts.name])) continue;
        const key = JSON.stringify([call.title, thing.title, given]);
        const states = [...(found.get(key)?.states ?? []), call.state];
        found.set(key, { thing, given, parts, states });
      }
  return [...found.values()];
}

function thingsOf({ action, needs }: MachineCall): readonly NamedThing[] {
  return (needs.named ?? []).filter(({ actions, madeBy = {} }) =>
    Object.hasOwn(madeBy, action) ? false : (actions?.includes(action) ?? true),
  );
}

/** The texts of the arguments at these paths, but what only a run knows. */
function valuesIn(call: MachineCall, paths: readonly string[]): string[] {
  const all = parametersOf(call.arguments).filter(({ path }) => paths.includes(path.join('.')));
  return [...new Set(all.map(({ value }) => value))].filter(isKnown);
}

/** Whether a call of the machine makes a thing of one of these names. */
function makes(calls: readonly MachineCall[], service: string, thing: NamedThing, names: readonly unknown[]): boolean {
  return Object.entries(thing.madeBy ?? {}).some(([action, parameter]) =>
    calls.some(
      (call) =>
        call.title === service &&
        call.action === action &&
        valuesIn(call, [parameter]).some((value) => names.includes(value)),
    ),
  );
}

/** The statement that the question takes, on what IAM decides it. */
function takesOf({ call, arguments: given }: NamedThing['asks'], { partition, region, account }: Caller): Takes {
  const [service = '', action = ''] = call.split(':');
  const needed = iamActionsOf({ service, action, parameters: parametersOf(given) });
  return {
    Action: needed.map((one) => `${one.prefix}:${one.action.name}`),
    Resource: needed.flatMap((one) =>
      resourcesOf(one, SERVICES_IAM).map((resource) =>
        decidedOn(`${one.prefix}:${one.action.name}`, fillText(resource, { partition, region, account })),
      ),
    ),
  };
}

/** What the service says of it; undefined where it says that there is none. */
async function answerTo(aws: Clients, thing: NamedThing, asked: NamedThing['asks']): Promise<Json | undefined> {
  const { none = [], list } = thing;
  try {
    const answer = await ask(aws, asked);
    const found = list === undefined ? [answer] : at(answer, [list]);
    return Array.isArray(found) && found.length > 0 ? answer : undefined;
  } catch (error) {
    if (isError(error, ...none)) return undefined;
    throw error;
  }
}

interface Module {
  readonly [name: string]: unknown;
}
interface Client {
  readonly middlewareStack: { add(middleware: unknown, options: unknown): void };
  send(command: object): Promise<Json>;
  destroy(): void;
}
type Constructor<T> = new (input: object) => T;

/** Does a call that is known by its name alone, with its service's client. */
async function ask(aws: Clients, { client, call, arguments: given }: NamedThing['asks']): Promise<Json> {
  const module = (await import(client.package)) as Module;
  const [title] = Object.keys(module).flatMap((key) => /^([A-Z]\w*)Client$/.exec(key)?.[1] ?? []);
  const made = await aws.of(client, async (config) => new (module[title!] as Constructor<Client>)(config));
  const [, action = ''] = call.split(':');
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  const names = inputNames(module[`${operation}$`]);
  const own = (name: string) => names.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
  const input = Object.fromEntries(Object.entries(given).map(([name, value]) => [own(name), value]));
  return made.send(new (module[`${operation}Command`] as Constructor<object>)(input));
}

/** What the SDK calls an operation's arguments, some services' with a small letter: the schema of the operation names that of its input. */
function inputNames(operation: unknown): readonly string[] {
  let input = (operation as readonly unknown[])[4];
  while (typeof input === 'function') input = input();
  return (input as readonly unknown[])[4] as readonly string[];
}

function textAt(answer: Json, path: readonly string[]): string | undefined {
  const found = at(answer, path);
  return typeof found === 'string' ? found : undefined;
}

/** The SDK's names begin with small letters in some services. */
function at(answer: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => {
    if (value === null || typeof value !== 'object') return undefined;
    return Object.entries(value as JsonObject).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  }, answer);
}

function elsewhere(about: string, said: ReturnType<typeof diagnose>): Look {
  return { about, find: async () => [missing(about, said)] };
}

/** The key by which it is encrypted, where it is not AWS's own and the machine's policy does not reach it. */
function keyOf({ thing, given }: Named, answer: Json, { resources, needs, dag }: Desired): Finding[] {
  const key = thing.key && textAt(answer, thing.key.path);
  if (key === undefined || key === '' || key.startsWith('alias/aws/')) return [];
  const { actions } = thing.key!;
  const allowed = (needs.Statement as readonly JsonObject[]).flatMap(({ Action }) => [Action].flat());
  if (actions.every((action) => allowed.includes(action))) return [];
  const role = String(resources.find(({ kind }) => kind === 'machine')?.properties.role);
  return [
    {
      about: `the key ${key}`,
      state: 'note',
      said: diagnose('DOC026', { title: thing.title, name: given, key, dag, role, actions }),
    },
  ];
}
