import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import { isJsonText, type Json, type JsonObject } from '../../asl/json/value.ts';
import { description } from '../actions/executions.ts';
import { ACTIONS } from '../actions/index.ts';
import { findExecution } from '../executions/record.ts';
import { ApiError } from '../protocol/api-error.ts';
import { type ActionName, checkInput } from '../protocol/check-input.ts';
import type { World } from '../world.ts';

const RESOURCE = /:(states|aws-sdk:sfn):([A-Za-z]+)(?:\.(\w+)(:2)?)?$/;
const NOBODY = { signal: new AbortController().signal, traceHeader: undefined };

/** A task that calls Step Functions: the same endpoint does it. */
export async function callStepFunctions(call: TaskCall, world: World): Promise<TaskReply> {
  const [, service, action = '', pattern, second] = RESOURCE.exec(call.resource) ?? [];
  const optimized = service === 'states';
  const name = `${action.charAt(0).toUpperCase()}${action.slice(1)}` as ActionName;
  const given = call.arguments as JsonObject;
  try {
    if (!Object.hasOwn(ACTIONS, name)) throw new ApiError('UnknownOperationException', `There is no action ${action}.`);
    const input = checkInput(name, lowerCased(optimized ? withText(given) : given));
    const output = await ACTIONS[name](input, world, { ...NOBODY, signal: call.signal });
    if (pattern !== 'sync') return { result: pascalCased(output) };
    return await ended((output as { executionArn: string }).executionArn, second !== undefined, call, world);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {
      error: `${optimized ? 'StepFunctions' : 'Sfn'}.${error.name.replace(/Exception$/, '')}Exception`,
      cause: `${error.message} (Service: ${optimized ? 'AWSStepFunctions' : 'Sfn'}; Status Code: ${error.status}; Error Code: ${error.name})`,
    };
  }
}

/** Waits for a child execution, which is stopped when nobody waits for it any more. */
async function ended(arn: string, parsed: boolean, call: TaskCall, world: World): Promise<TaskReply> {
  const { store, executions, clock } = world;
  const running = executions.get(arn);
  const stop = () => running?.stop({});
  call.signal.addEventListener('abort', stop, { once: true });
  if (call.signal.aborted) stop();
  try {
    await running?.ended;
  } finally {
    call.signal.removeEventListener('abort', stop);
  }
  const record = findExecution(arn, store);
  const result = pascalCased(childOf(description(record, store, clock.now()), parsed)) as JsonObject;
  if (record.status === 'SUCCEEDED') return { result };
  return { error: 'States.TaskFailed', cause: JSON.stringify(result) };
}

/** `.sync:2` gives input and output as JSON, `.sync` as texts. */
function childOf(child: DescribeExecutionOutput, parsed: boolean): object {
  if (!parsed) return child;
  const read = (text: string | undefined) => (text === undefined ? undefined : (JSON.parse(text) as Json));
  return { ...child, input: read(child.input), output: read(child.output) };
}

/** The optimized integration takes an input of any JSON; the API takes a text. */
function withText({ Input, ...rest }: JsonObject): JsonObject {
  if (Input === undefined) return rest;
  return { ...rest, Input: typeof Input === 'string' && isJsonText(Input) ? Input : JSON.stringify(Input) };
}

/** Keys whose values are the user's own and keep their keys. */
const DATA: ReadonlySet<string> = new Set(['Input', 'Output', 'variableReferences', 'assignedVariables']);

function lowerCased(value: Json): Json {
  return renamed(value, (key) => key.charAt(0).toLowerCase() + key.slice(1)) as Json;
}

function pascalCased(value: unknown): Json {
  return renamed(value, (key) => key.charAt(0).toUpperCase() + key.slice(1)) as Json;
}

/** Dates become texts, members that are undefined are left out. */
function renamed(value: unknown, rename: (key: string) => string): unknown {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      if (member === undefined) return [];
      const name = rename(key);
      return [[name, DATA.has(name) || DATA.has(key) ? member : renamed(member, rename)]];
    }),
  );
}
