import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCall } from '../../asl/interpret/options.ts';
import type { JsonObject } from '../../asl/json/value.ts';
import type { Account } from '../engine.ts';
import { logFile } from '../log-file.ts';
import { jobCodeIn, type LocalJobCode, runJobCode } from './job-host.ts';

/** What a container is given, in whichever service's words. */
export interface ContainerOverride {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The override of a container, as an engine has it in its arguments. */
export function givenIn({ Command, Environment }: JsonObject): ContainerOverride {
  const environment = (Environment ?? []) as readonly { readonly Name: string; readonly Value: string }[];
  return {
    command: (Command ?? []) as readonly string[],
    environment: Object.fromEntries(environment.map(({ Name, Value }) => [Name, Value])),
  };
}

/** A container of a run that runs the code of a job: here a process. */
export class ContainerRun {
  readonly id: string;
  readonly #stop = new AbortController();
  /** Undefined as long as it runs. */
  exitCode: number | undefined;

  constructor(id: string) {
    this.id = id;
  }

  /** Ends it, if it runs. */
  stop(): void {
    this.#stop.abort();
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Runs the code to its end; answers the exit code. */
  async run(account: Account, code: LocalJobCode, given: ContainerOverride, call: TaskCall): Promise<number> {
    const log = await logFile(account, call);
    const cwd = join(account.run.folder, 'work', this.id);
    await mkdir(cwd, { recursive: true });
    const args = given.command.slice(given.command.indexOf('--code'));
    const job = { args, env: given.environment, cwd, log, signal: this.#stop.signal };
    const { code: exitCode, lastLines } = await runJobCode(account, code, job, call);
    this.exitCode = exitCode;
    if (exitCode !== 0 && !this.isStopped)
      account.onNote({
        kind: 'failure',
        state: call.state,
        attempt: call.attempt,
        title: `the container ended with exit code ${exitCode}`,
        lines: lastLines.filter((line) => line.trim() !== '').slice(-20),
        log,
      });
    return exitCode;
  }
}

/** The code that a container's command fetches, where it is the DAG's own. */
export function codeInCommand(account: Account, command: unknown): LocalJobCode | undefined {
  return Array.isArray(command) ? jobCodeIn(account, command) : undefined;
}
