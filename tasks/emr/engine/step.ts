import type { TaskCall } from '../../../asl/interpret/options.ts';
import type { Json } from '../../../asl/json/value.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import { type Account, causeOf } from '../../../engines/engine.ts';
import { runSpark } from '../../../engines/spark/job.ts';
import type { ShowTime } from './cluster.ts';

export type ActionOnFailure = 'CONTINUE' | 'CANCEL_AND_WAIT' | 'TERMINATE_CLUSTER' | 'TERMINATE_JOB_FLOW';
export type StepState = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** A step of a cluster, as DescribeStep shows it. */
export class Step {
  readonly id: string;
  readonly name: string;
  readonly action: ActionOnFailure;
  readonly jar: string;
  readonly args: readonly string[];
  readonly #now: () => number;
  readonly #created: number;
  #state: StepState = 'PENDING';
  #started: number | undefined;
  #ended: number | undefined;
  #failure: { Reason: string; Message: string; LogFile?: string } | undefined;

  constructor(about: {
    id: string;
    name: string;
    action: ActionOnFailure;
    jar: string;
    args: readonly string[];
    now: () => number;
  }) {
    this.id = about.id;
    this.name = about.name;
    this.action = about.action;
    this.jar = about.jar;
    this.args = about.args;
    this.#now = about.now;
    this.#created = about.now();
  }

  get state(): StepState {
    return this.#state;
  }

  start(): void {
    this.#state = 'RUNNING';
    this.#started = this.#now();
  }

  complete(): void {
    this.#end('COMPLETED');
  }

  fail(reason: string, message: string, log?: string): void {
    this.#failure = { Reason: reason, Message: message, ...(log !== undefined && { LogFile: log }) };
    this.#end('FAILED');
  }

  cancel(): void {
    if (this.#state === 'PENDING' || this.#state === 'RUNNING') this.#end('CANCELLED');
  }

  describe(time: ShowTime): Json {
    return {
      Id: this.id,
      Name: this.name,
      ActionOnFailure: this.action,
      Config: { Jar: this.jar, Properties: {}, Args: [...this.args] },
      Status: {
        State: this.#state,
        StateChangeReason: {},
        ...(this.#failure !== undefined && { FailureDetails: this.#failure }),
        Timeline: {
          CreationDateTime: time(this.#created),
          ...(this.#started !== undefined && { StartDateTime: time(this.#started) }),
          ...(this.#ended !== undefined && { EndDateTime: time(this.#ended) }),
        },
      },
    };
  }

  #end(state: StepState): void {
    this.#state = state;
    this.#ended = this.#now();
  }
}

export interface StepRun {
  readonly call: TaskCall;
  readonly signal: AbortSignal;
  /** The cluster's instance profile. */
  readonly profile: string | undefined;
}

/** Runs the step's command to its end and writes down how it went; it never throws for what a step can do wrong. */
export async function runStep(account: Account, step: Step, { call, signal, profile }: StepRun): Promise<void> {
  if (step.jar !== 'command-runner.jar' || step.args[0] !== 'spark-submit') {
    const command = [step.jar, ...step.args.slice(0, 1)].join(' ');
    step.fail('Unsupported', causeOf(diagnose('RUN071', { command })));
    return;
  }
  step.start();
  const as = profile === undefined ? {} : { as: { role: profile, session: step.id } };
  const end = await runSpark(account, step.args.slice(1), { id: step.id, call, signal, ...as });
  if (end.state === 'completed') return step.complete();
  if (end.state === 'cancelled') return step.cancel();
  step.fail(end.reason, end.message, end.log);
}
