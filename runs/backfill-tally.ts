import { parseExecutionName } from '../aws/names.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { duration } from '../report/words.ts';
import type { BackfillEvent } from './backfill.ts';
import { hasFailed } from './backfill-plan.ts';
import { isoOf } from './logical-date.ts';

/** What has become of the runs that were to be made. */
export class Tally {
  readonly failed: string[] = [];
  readonly #total: number;
  readonly #say: (line: string) => void;
  readonly #started: string[] = [];
  readonly #taken: string[] = [];
  #succeeded = 0;

  constructor(total: number, say: (line: string) => void) {
    this.#total = total;
    this.#say = say;
  }

  /** Not started: somebody stopped it. */
  get left(): number {
    return this.#total - this.#started.length - this.#taken.length;
  }

  add(event: BackfillEvent): void {
    const date = isoOf(parseExecutionName(event.name)!.logicalDate.getTime());
    const { kind, name } = event;
    if (kind === 'ended') {
      const { status, started, stopped = started } = event.run;
      if (hasFailed(event.run)) this.failed.push(name);
      else this.#succeeded += 1;
      return this.#say(
        `  ${date} ${status === 'SUCCEEDED' ? 'succeeded' : status.toLowerCase()} in ${duration(stopped - started)}`,
      );
    }
    (kind === 'started' ? this.#started : this.#taken).push(name);
    this.#say(
      `  ${date} ${kind === 'started' ? `started, ${this.left} to go` : 'was started by somebody else meanwhile'}`,
    );
  }

  text(dag: string): string {
    const { red, green } = coloursFor(process.stdout);
    const running = this.#started.length - this.#succeeded - this.failed.length;
    const parts = [
      `${this.#started.length} started`,
      ...(this.#succeeded > 0 ? [green(`${this.#succeeded} succeeded`)] : []),
      ...(this.failed.length > 0 ? [red(`${this.failed.length} did not succeed`)] : []),
      ...(running > 0 ? [`${running} still running`] : []),
      ...(this.#taken.length > 0 ? [`${this.#taken.length} started by somebody else`] : []),
      ...(this.left > 0 ? [`${this.left} not started: the same command goes on where it was`] : []),
    ];
    const again =
      this.failed.length === 0
        ? ''
        : `The same command with --again failed runs these once more; \`dagwright status ${dag}\` says why.\n`;
    return `${dag}: ${parts.join(', ')}\n${again}`;
  }

  json() {
    return {
      started: this.#started,
      taken: this.#taken,
      succeeded: this.#succeeded,
      failed: this.failed,
      left: this.left,
    };
  }
}
