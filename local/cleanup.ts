import { interpret } from '../asl/interpret/interpret.ts';
import type { Clock, HistoryEvent, TaskCall, TaskHandler, TaskReply } from '../asl/interpret/options.ts';
import { isObject, type Json } from '../asl/json/value.ts';
import type { StateMachine } from '../asl/language/types.ts';
import type { Guard } from '../engines/iam/index.ts';

export interface LocalCleanup {
  /** The cleanup machine, its placeholders filled; undefined of a DAG that starts no job. */
  readonly machine: StateMachine | undefined;
  /** What it is called in ARNs. */
  readonly name: string;
  /** The history of the run as far as it has come. */
  readonly events: readonly HistoryEvent[];
  readonly clock: Clock & { during<T>(work: () => Promise<T>): Promise<T> };
  readonly random: () => number;
  /** What does the calls of the run and of the cleanup alike. */
  readonly engines: TaskHandler;
  /** Holds the cleanup's calls against the policy of its role. */
  readonly guard?: Guard;
}

/** The most that a wait of the cleanup takes here: what is ended on this machine is gone at once. */
const LONGEST_WAIT_MS = 1_000;

/**
 * The engines, and before them the cleanup machine: a task that is tried again starts it for the job that it gave up. It runs here as the
 * run itself does, over the same engines, and reads the run's own history.
 */
export function withCleanup(about: LocalCleanup): TaskHandler {
  const { engines, machine, clock } = about;
  return (call) =>
    machine !== undefined && startsCleanup(call, about.name)
      ? clock.during(() => ended(call, machine, about))
      : engines(call);
}

function startsCleanup({ resource, arguments: args }: TaskCall, name: string): boolean {
  const isStart = resource.endsWith(':states:startExecution.sync:2');
  return isStart && isObject(args) && `${args.StateMachineArn}`.endsWith(`:stateMachine:${name}`);
}

async function ended(call: TaskCall, machine: StateMachine, about: LocalCleanup): Promise<TaskReply> {
  const tasks: TaskHandler = (inner) =>
    inner.resource.endsWith(':aws-sdk:sfn:getExecutionHistory')
      ? { result: { Events: about.events.map(asApi) } }
      : about.engines(inner);
  const { Input: input = {} } = call.arguments as { readonly Input?: Json };
  const { status, output, error, cause } = await interpret(machine, {
    input,
    machineName: about.name,
    clock: hasty(about.clock),
    random: about.random,
    signal: call.signal,
    keepEvents: false,
    tasks: about.guard === undefined ? tasks : about.guard.guarding(tasks),
  });
  if (status === 'SUCCEEDED') return { result: { Status: status, Output: output ?? {} } };
  return { error: 'States.TaskFailed', cause: JSON.stringify({ Status: status, Error: error, Cause: cause }) };
}

/** An event as the API answers it: names in PascalCase. */
function asApi(event: HistoryEvent): Json {
  const { name: _, timestamp, ...rest } = event;
  const details = ([key, value]: [string, unknown]) => [pascal(key), isObject(value as Json) ? members(value) : value];
  return { ...Object.fromEntries(Object.entries(rest).map(details)), Timestamp: timestamp } as Json;
}

function members(value: unknown): unknown {
  return Object.fromEntries(Object.entries(value as object).map(([key, member]) => [pascal(key), member]));
}

function pascal(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** A clock on which a wait takes a second at most, and time goes on as if it had taken its own. */
function hasty(clock: Clock): Clock {
  let ahead = 0;
  const now = () => clock.now() + ahead;
  return {
    now,
    sleepUntil: async (at, wake) => {
      let woken = false;
      const note = () => {
        woken = true;
      };
      const awake = wake.then(note, note);
      if (at === Number.POSITIVE_INFINITY) return awake;
      let timer: NodeJS.Timeout | undefined;
      const alarm = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.min(LONGEST_WAIT_MS, Math.max(0, at - now())));
      });
      await Promise.race([awake, alarm]);
      clearTimeout(timer);
      if (!woken) ahead += Math.max(0, at - now());
    },
  };
}
