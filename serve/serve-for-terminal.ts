import { coloursFor } from '../diagnostics/colours.ts';
import { ProcessGroups } from '../engines/process/process-groups.ts';
import type { Answered } from './http.ts';
import { serve } from './serve.ts';

export interface TerminalOptions {
  readonly project: string;
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  readonly mocks?: string;
  readonly enforcePolicy?: true;
  readonly policy?: string;
  readonly lineage?: string;
  readonly quiet?: true;
  readonly json?: true;
}

/** A Ctrl-C under npm comes twice, from the terminal and from npm; so close together they are one. In milliseconds. */
const SAME_SIGNAL = 700;

/**
 * Serves until Ctrl-C or SIGTERM, which stops running executions in order; a second one ends everything at once. Where a person
 * looks, it tells what to set and a line for each request; with `json` one line on standard output when it is ready.
 */
export async function serveForTerminal(options: TerminalOptions): Promise<0> {
  const { quiet, json, ...rest } = options;
  const groups = new ProcessGroups();
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const onExit = () => groups.killAll();
  process.on('exit', onExit);
  const endpoint = await serve({
    ...rest,
    env: process.env,
    groups,
    onStatus: say,
    onDefect: (error) =>
      say(`dagwright failed in itself; please report this:\n${error instanceof Error ? error.stack : String(error)}`),
    ...(quiet !== true && json !== true && { onAnswered: (answered: Answered) => say(lineOf(answered)) }),
  });
  if (json === true) {
    const { url, host, port, recovered } = endpoint;
    process.stdout.write(`${JSON.stringify({ url, host, port, pid: process.pid, recovered })}\n`);
  } else {
    process.stdout.write(greeting(endpoint.url, endpoint.recovered, options));
  }
  await signalled(groups, say);
  await endpoint.close();
  process.off('exit', onExit);
  return 0;
}

function greeting(url: string, recovered: number, { region, account, data }: TerminalOptions): string {
  const { bold } = coloursFor(process.stdout);
  const aborted =
    recovered === 0
      ? ''
      : `A server ended before its executions: ${recovered} of them are ABORTED now, and may be redriven.\n`;
  return [
    `Step Functions on ${bold(url)} (${region}, account ${account}; state in ${data})`,
    `${aborted}To use it, with any credentials:`,
    '',
    `  export AWS_ENDPOINT_URL_SFN=${url} AWS_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`,
    '',
    'Ctrl-C stops it.\n',
  ].join('\n');
}

function lineOf({ target, status, error, milliseconds }: Answered): string {
  const action = target.replace(/^AWSStepFunctions\./, '');
  return `${new Date().toISOString().slice(11, 19)} ${action} ${status}${error === undefined ? '' : ` ${error}`} ${milliseconds.toFixed(0)} ms`;
}

/** Resolves at the first signal to stop; the second one ends the process. */
function signalled(groups: ProcessGroups, say: (text: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const onSignal = () => {
      if (first === undefined) {
        first = Date.now();
        say('\nStopping: executions are being ended. Once more to end at once.');
        resolve();
      } else if (Date.now() - first >= SAME_SIGNAL) {
        groups.killAll();
        process.exit(1);
      }
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  });
}
