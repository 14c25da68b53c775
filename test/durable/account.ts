import { createVirtualClock } from '../../asl/interpret/clocks.ts';
import { interpret } from '../../asl/interpret/interpret.ts';
import type { Clock, Execution, HistoryEvent, TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { pascalCased } from './pascal-case.ts';

/** How a service of the model is asked, beside what starts its jobs. */
export interface ServiceCalls {
  /** Of the Resource of the call with `.sync`. */
  readonly start: string;
  readonly ask: string;
  readonly end: string;
  /** What the service answers to the start. */
  readonly made: (id: string, args: JsonObject) => JsonObject;
  /** The job that a question or an order is about. */
  readonly idIn: (args: JsonObject) => string | undefined;
  /** The answer to the question. */
  readonly told: (job: Job) => JsonObject;
}

export interface Job {
  readonly id: string;
  readonly args: JsonObject;
  readonly began: number;
  /** When it ends by itself. */
  readonly due: number;
  /** When it was ended before that. */
  stopped?: number;
}

/** How a call with `.sync` goes. The first plan is the first call's, the last every further one's. */
export interface Plan {
  /** How long the job runs by itself. */
  readonly seconds: number;
  /** What the call says, and after how long, if not how the job ended. */
  readonly says?: { readonly error: string; readonly after: number };
  /** Started, and nobody ever answers to it: the execution is aborted meanwhile. */
  readonly hangs?: true;
  /** Refused: nothing is started. */
  readonly refused?: true;
}

export interface Behaviour {
  readonly plans: readonly Plan[];
  /** So many questions and orders are throttled first. */
  readonly throttled?: number;
  /** So many events of a history fit into one answer, of those before this event and from it on: a larger page is too large. */
  readonly fits?: { readonly before?: number; readonly from: number; readonly after: number };
  /** How long after it was ordered a job has ended; never, if infinite. */
  readonly stopSeconds?: number;
}

/** When an execution is aborted. */
export type Aborted = 'at once' | 'when submitted' | 'while a job is ended';

const START = Date.parse('2026-01-01T00:00:00Z');
export const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:dag';
export const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:dag:run';
const NO_LIMIT: NonNullable<Behaviour['fits']> = { from: 0, after: Number.POSITIVE_INFINITY };
const CLEANUP = 'arn:aws:states:us-east-1:123456789012:stateMachine:dag-cleanup';

/**
 * An account with one service that runs jobs, and Step Functions over it. What Step Functions does not promise is not done here: a job
 * that timed out, or whose execution was aborted, runs on until somebody orders its end.
 */
export class Account {
  readonly jobs: Job[] = [];
  /** Executions of the cleanup machine, by how they ended. */
  readonly cleanups: Execution[] = [];
  readonly events: HistoryEvent[] = [];
  /** Every call that read the history: how many events at most it asked for, and from which on. */
  readonly pages: { readonly most: number; readonly from: number }[] = [];
  readonly #service: ServiceCalls;
  readonly #behaviour: Behaviour;
  #throttled: number;
  /** Nobody hears of the cleanup that a task starts: the execution is aborted meanwhile. */
  #hangs = false;

  constructor(service: ServiceCalls, behaviour: Behaviour) {
    this.#service = service;
    this.#behaviour = behaviour;
    this.#throttled = behaviour.throttled ?? 0;
  }

  /** Runs the machine; what is `aborted` is stopped as soon as its job is submitted, or before. */
  async run(machine: StateMachine, cleanup: StateMachine, aborted?: Aborted): Promise<Execution> {
    const stop = new AbortController();
    let left = aborted === 'when submitted' ? 1 : aborted === 'while a job is ended' ? 2 : 0;
    if (aborted === 'at once') stop.abort();
    this.#hangs = aborted === 'while a job is ended';
    const clock = createVirtualClock(START);
    return interpret(machine, {
      clock,
      random: () => 0.5,
      executionArn: EXECUTION,
      stateMachineArn: MACHINE,
      signal: stop.signal,
      tasks: (call) => this.#answer(call, clock, cleanup),
      onEvent: (event) => {
        this.events.push(event);
        if (event.type === 'TaskSubmitted' && --left === 0) setImmediate(() => stop.abort());
      },
    });
  }

  /** What the rule does when the execution has ended. */
  async cleanUp(cleanup: StateMachine, { status, stoppedAt }: Execution): Promise<Execution> {
    const input = {
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: { executionArn: EXECUTION, stateMachineArn: MACHINE, status, startDate: START },
    };
    return this.#cleanUp(cleanup, input, stoppedAt);
  }

  /** Those that run at this moment. */
  running(at: number): readonly Job[] {
    return this.jobs.filter((job) => isRunning(job, at));
  }

  /** The most that ever ran at a time. */
  mostAtOnce(): number {
    return Math.max(0, ...this.jobs.map(({ began }) => this.running(began).length));
  }

  async #cleanUp(cleanup: StateMachine, input: Json, from: number): Promise<Execution> {
    const clock = createVirtualClock(from);
    const execution = await interpret(cleanup, {
      input,
      clock,
      random: () => 0.5,
      stateMachineArn: CLEANUP,
      tasks: (call) => this.#answer(call, clock, cleanup),
    });
    this.cleanups.push(execution);
    return execution;
  }

  #answer(call: TaskCall, clock: Clock, cleanup: StateMachine): TaskReply | Promise<TaskReply> {
    const { start, ask, end } = this.#service;
    const args = call.arguments as JsonObject;
    const action = call.resource.split(':::')[1]!;
    if (args.StateMachineArn === CLEANUP) return this.#child(call, args, clock, cleanup);
    if (action === start) return this.#start(call, args, clock);
    if (action === 'aws-sdk:sfn:getExecutionHistory') return this.#history(args);
    if (action === ask || action === end) {
      if (this.#throttled > 0) {
        this.#throttled--;
        return { error: 'Any.ThrottlingException', cause: 'Rate exceeded' };
      }
      const id = this.#service.idIn(args);
      const job = this.jobs.find((one) => one.id === id);
      if (job === undefined) throw new Error(`${action} asks for the job ${id}, which nobody started`);
      if (action === ask)
        return { result: this.#service.told({ ...job, due: isRunning(job, clock.now()) ? job.due : 0 }) };
      const { stopSeconds = 0 } = this.#behaviour;
      job.stopped ??= clock.now() + stopSeconds * 1000;
      return { result: {} };
    }
    throw new Error(`The model has no ${action}`);
  }

  async #start(call: TaskCall, args: JsonObject, clock: Clock): Promise<TaskReply> {
    const { plans } = this.#behaviour;
    const plan = plans[Math.min(this.jobs.length, plans.length - 1)]!;
    if (plan.refused) return { error: 'Any.RefusedException', cause: 'No.', failed: 'submit' };
    const began = clock.now();
    const job: Job = { id: `job-${this.jobs.length + 1}`, args, began, due: began + plan.seconds * 1000 };
    this.jobs.push(job);
    call.submitted({ ...this.#service.made(job.id, args), SdkHttpMetadata: { HttpStatusCode: 200 } });
    if (plan.hangs) return new Promise(() => {});
    if (plan.says !== undefined) return { error: plan.says.error, cause: '{}', durationSeconds: plan.says.after };
    return { result: {}, durationSeconds: plan.seconds };
  }

  #history({ MaxResults: most, NextToken: token = '0', ExecutionArn: arn }: JsonObject): TaskReply {
    if (arn !== EXECUTION) throw new Error(`There is no execution ${arn}`);
    const from = Number(token);
    this.pages.push({ most: Number(most), from });
    const { before = Number.POSITIVE_INFINITY, from: edge, after } = this.#behaviour.fits ?? NO_LIMIT;
    if (Number(most) > (from < edge ? before : after))
      return { error: 'States.DataLimitExceeded', cause: 'The answer has more than 256 KiB' };
    // Small pages, so that what belongs together stands on several.
    const to = from + Math.min(Number(most), 3);
    return {
      result: {
        Events: this.events.slice(from, to).map((event) => pascalCased(event) as Json),
        ...(to < this.events.length && { NextToken: `${to}` }),
      },
    };
  }

  async #child(call: TaskCall, { Input: input }: JsonObject, clock: Clock, cleanup: StateMachine): Promise<TaskReply> {
    call.submitted({ ExecutionArn: `${CLEANUP.replace('stateMachine', 'execution')}:${this.cleanups.length}` });
    if (this.#hangs) return new Promise(() => {});
    const {
      status,
      output = {},
      error,
      cause,
      startedAt,
      stoppedAt,
    } = await this.#cleanUp(cleanup, input!, clock.now());
    const durationSeconds = (stoppedAt - startedAt) / 1000;
    if (status === 'SUCCEEDED') return { result: { Status: status, Output: output }, durationSeconds };
    return { error: 'States.TaskFailed', cause: JSON.stringify({ error, cause }), durationSeconds };
  }
}

function isRunning({ began, due, stopped = Number.POSITIVE_INFINITY }: Job, at: number): boolean {
  return began <= at && at < Math.min(due, stopped);
}
