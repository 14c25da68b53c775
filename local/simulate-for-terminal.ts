import { createReadStream } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Json } from '../asl/json.ts';
import type { Manifest } from '../compiler/6-files/manifest.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { readMachine } from './machine-shape.ts';
import { chooseMocks } from './mocks/choose-mocks.ts';
import type { Mocks } from './mocks/mocks.ts';
import { unknownStates } from './mocks/unknown-states.ts';
import { cannotRead, nameOf, readJson } from './read-file.ts';
import { type Simulation, simulate } from './simulate.ts';
import { simulateLine } from './simulate-batch.ts';
import { simulationText } from './simulation-text.ts';

export interface FileOptions {
  readonly input?: string;
  readonly mocks?: string;
  /** Of a mock configuration in the file of mocks: the test case, and the machine's name there. */
  readonly testCase?: string;
  readonly machine?: string;
  /** Tasks without a mock answer what their services would, from the manifest beside the machine. */
  readonly samples?: true;
  readonly now?: string;
  readonly express?: true;
  readonly seed?: number;
  readonly json?: true;
  /** Where the picture of the run goes. */
  readonly html?: string;
}

/** So many lines that cannot be run are named at the end of a batch. */
const NAMED = 20;

export interface FileEnd {
  readonly exitCode: 0 | 1;
  readonly warnings: readonly Diagnostic[];
}

/** Simulates the machine in a file and prints what came of it; answers the command's exit code and what is odd about the mocks. */
export async function simulateFile(file: string, options: FileOptions): Promise<FileEnd> {
  const definition = await readJson(file);
  const mocks = options.mocks === undefined ? {} : await mocksOf(file, options.mocks, options);
  const warnings = unknownStates(readMachine(definition), mocks);
  const simulation = await simulate(definition, {
    ...(options.input !== undefined && { input: await readJson(options.input) }),
    mocks,
    ...(options.samples === true && { samples: await samplesBeside(file) }),
    ...(options.now !== undefined && { now: options.now }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.express === true && { type: 'EXPRESS' }),
  });
  process.stdout.write(
    options.json === true ? asJson(simulation) : simulationText(simulation, coloursFor(process.stdout)),
  );
  if (options.html !== undefined) await drawRun(options.html, file, definition, simulation, options.json === true);
  return { exitCode: simulation.status === 'SUCCEEDED' ? 0 : 1, warnings };
}

/** A machine is called as its file is: `Orders.asl.json`; a compiled one, whose file always has one name, as its folder. */
async function mocksOf(file: string, mocksFile: string, { testCase, machine }: FileOptions): Promise<Mocks> {
  const mocks = await readJson(mocksFile);
  const names = [basename(file).replace(/(?:\.asl)?\.json$/, ''), basename(dirname(resolve(file)))];
  return chooseMocks(mocks, {
    names,
    ...(testCase !== undefined && { testCase }),
    ...(machine !== undefined && { machine }),
  });
}

/** The picture beside what is printed; where that is JSON, nothing else is on standard output. */
async function drawRun(
  html: string,
  file: string,
  definition: Json,
  { events }: Simulation,
  json: boolean,
): Promise<void> {
  const { titleFor } = await import('./picture/title-for.ts');
  const { writePicture } = await import('./picture/write-picture.ts');
  await writePicture(html, readMachine(definition), events, { title: `${titleFor(file)} (simulated)` });
  (json ? process.stderr : process.stdout).write(`${json ? '' : '\n'}wrote ${html}\n`);
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

function asJson(simulation: Simulation): string {
  return `${JSON.stringify(simulation, undefined, 2)}\n`;
}
