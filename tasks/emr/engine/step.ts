import { join } from 'node:path';
import type { TaskCall } from '../../../asl/interpret/options.ts';
import type { Json } from '../../../asl/json/value.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import { type Account, causeOf, ServiceError } from '../../../engines/engine.ts';
import { logFile } from '../../../engines/log-file.ts';
import type { Command } from '../../../engines/process/process-groups.ts';
import { failureLines, sparkSubmit } from '../../../engines/spark.ts';
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

/** Runs the step's command to its end and writes down how it went; it never throws for what a step can do wrong. */
export async function runStep(account: Account, step: Step, call: TaskCall, signal: AbortSignal): Promise<void> {
  if (step.jar !== 'command-runner.jar' || step.args[0] !== 'spark-submit') {
    const command = [step.jar, ...step.args.slice(0, 1)].join(' ');
    step.fail('Unsupported', causeOf(diagnose('RUN071', { command })));
    return;
  }
  step.start();
  const log = await logFile(account, call);
  const work = join(account.run.folder, 'work', step.id);
  let command: Command;
  try {
    command = await sparkSubmit(account, step.args.slice(1), work);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return step.fail('Invalid Arguments', error.message);
  }
  const ended = await account.groups.run({ ...command, cwd: work, log, signal });
  if (ended.aborted) return step.cancel();
  const written = ended.code === 0 ? await account.lake.writtenIntoMount() : undefined;
  if (ended.code === 0 && written === undefined) return step.complete();
  const title =
    written === undefined ? `spark-submit ended with exit code ${ended.code}` : 'it wrote into a mounted folder';
  const lines = written === undefined ? failureLines(ended.lastLines) : [causeOf(diagnose('RUN034', written))];
  step.fail('Unknown Error', lines.at(-1) ?? title, log);
  account.onNote({ kind: 'failure', state: call.state, attempt: call.attempt, title, lines, log });
}
