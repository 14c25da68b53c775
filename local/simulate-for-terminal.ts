import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { Json } from '../asl/json.ts';
import type { Manifest } from '../compiler/6-files/manifest.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { type Simulation, simulate } from './simulate.ts';
import { simulateLine } from './simulate-batch.ts';
import { simulationText } from './simulation-text.ts';

export interface FileOptions {
  readonly input?: string;
  readonly mocks?: string;
  /** Tasks without a mock answer what their services would, from the manifest beside the machine. */
  readonly samples?: true;
  readonly now?: string;
  readonly express?: true;
  readonly seed?: number;
  readonly json?: true;
}

/** So many lines that cannot be run are named at the end of a batch. */
const NAMED = 20;
const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

/** Simulates the machine in a file and prints what came of it; answers the command's exit code. */
export async function simulateFile(file: string, options: FileOptions): Promise<0 | 1> {
  const definition = await readJson(file);
  const simulation = await simulate(definition, {
    ...(options.input !== undefined && { input: await readJson(options.input) }),
    ...(options.mocks !== undefined && { mocks: await readJson(options.mocks) }),
    ...(options.samples === true && { samples: await samplesBeside(file) }),
    ...(options.now !== undefined && { now: options.now }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.express === true && { type: 'EXPRESS' }),
  });
  process.stdout.write(
    options.json === true ? asJson(simulation) : simulationText(simulation, coloursFor(process.stdout)),
  );
  return simulation.status === 'SUCCEEDED' ? 0 : 1;
}

/** The samples of a compiled DAG, from `manifest.json` in the folder of its machine. */
async function samplesBeside(file: string): Promise<{ readonly [state: string]: Json }> {
  const manifest = (await readJson(join(dirname(file), 'manifest.json'))) as unknown as Manifest;
  return Object.assign({}, ...manifest.tasks.map(({ samples }) => samples ?? {}));
}

/**
 * Simulates what the lines of a file describe, a line out for each line in, in their order, as they come; blank lines are passed over.
 * A run that fails is an answer like any other. Stops at the end where lines could not be run.
 */
export async function simulateBatch(file: string): Promise<0> {
  const invalid: { line: number; reason: string }[] = [];
  let count = 0;
  let number = 0;
  let heard = true;
  // Whoever read the answers has enough of them (`… | head`): no fault of anybody's.
  const hangUp = ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exitCode = 3;
    heard = false;
    process.stdout.emit('drain');
  };
  process.stdout.on('error', hangUp);
  for await (const line of linesOf(file)) {
    number++;
    if (line.trim() === '') continue;
    const answer = await simulateLine(line);
    if (answer.status === 'INVALID' && ++count <= NAMED) invalid.push({ line: number, reason: answer.cause });
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await drained(process.stdout);
    if (!heard) return 0;
  }
  if (count === 0) return 0;
  throw new Stop(diagnose('SIM006', { file: nameOf(file), count, lines: invalid }));
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve));
}

/** The lines of a file of any size, one at a time. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file);
  stream.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      yield* lines;
    }
  } catch (error) {
    throw stream.errored === error ? cannotRead(file, error as NodeJS.ErrnoException) : error;
  }
  if (rest !== '') yield rest;
}

async function readJson(file: string): Promise<Json> {
  let text: string;
  try {
    text = file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw cannotRead(file, error as NodeJS.ErrnoException);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Stop(diagnose('SIM001', { file: nameOf(file), detail: (error as Error).message }));
  }
}

function cannotRead(file: string, { code, message }: NodeJS.ErrnoException): Stop {
  return new Stop(diagnose('CLI001', { file: nameOf(file), detail: REASONS[code ?? ''] ?? message }));
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function asJson(simulation: Simulation): string {
  return `${JSON.stringify(simulation, undefined, 2)}\n`;
}
