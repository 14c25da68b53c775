import { createReadStream } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Json } from '../asl/json/value.ts';
import { readMachine } from '../asl/validate/machine-shape.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { type Denial, denialDiagnostics } from '../engines/iam/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { cannotRead, nameOf, parseJson, readJson, readText } from '../project/files.ts';
import { lacksValue, simulateChecked } from './checked-simulate.ts';
import { cleanupInputWarnings, endOfRun } from './cleanup-input.ts';
import { guardOf } from './enforced-policy.ts';
import { placedIn } from './mocks/mocks.ts';
import type { Simulation } from './simulate.ts';
import { simulateLine } from './simulate-batch.ts';
import { simulationText } from './simulation-text.ts';

export interface FileOptions {
  readonly input?: string;
  readonly mocks?: string;
  /** Of a mock configuration in the file of mocks: the test case, and the machine's name there. */
  readonly testCase?: string;
  readonly machine?: string;
  /** Whether the mocks are held against what the services answer; default true. */
  readonly checkMocks?: boolean;
  /** Tasks without a mock answer what their services would, from the manifest beside the machine. */
  readonly samples?: true;
  readonly now?: string;
  readonly express?: true;
  readonly seed?: number;
  readonly json?: true;
  /** Each call is held against the policy of the machine's role. */
  readonly enforcePolicy?: true;
  /** The file of that policy; default: the one beside a compiled machine. */
  readonly policy?: string;
  /** Where the picture of the run goes. */
  readonly html?: string;
}

/** What is said of the input. */
const OF_INPUT: ReadonlySet<string> = new Set(['SIM018', 'SIM024']);

/** So many lines are named at the end of a batch. */
const NAMED = 20;

export interface FileEnd {
  readonly exitCode: 0 | 1;
  readonly warnings: readonly Diagnostic[];
}

/** Simulates the machine in a file and prints what came of it; answers the command's exit code and what is odd about the mocks. */
export async function simulateFile(file: string, options: FileOptions): Promise<FileEnd> {
  const definition = await readJson(file);
  const mocks = options.mocks === undefined ? undefined : await readText(options.mocks);
  const input = options.input === undefined ? undefined : await readText(options.input);
  // What is said of the input has its place there, all else in the mocks.
  const placed = (found: readonly Diagnostic[]) =>
    found.flatMap((one) =>
      OF_INPUT.has(one.code)
        ? placedIn(input ?? '', options.input ?? '-', [one])
        : placedIn(mocks ?? '', options.mocks ?? '', [one]),
    );
  const manifest = await manifestBeside(file);
  const warnings: Diagnostic[] = [];
  const cleanup = manifest === undefined ? await manifestBeside(file, 'cleanup.json') : undefined;
  const compiled = manifest ?? cleanup;
  const ofEnd = cleanup && endOfRun(cleanup.dag);
  const given = input === undefined ? ofEnd : parseJson(input, options.input as string);
  if (cleanup !== undefined && given !== undefined) warnings.push(...cleanupInputWarnings(given, cleanup.dag));
  const guard =
    options.enforcePolicy === true
      ? await guardOf({
          file,
          ...(options.policy !== undefined && { policy: options.policy }),
          ...(compiled && { manifest: compiled }),
          ...(given !== undefined && { input: given }),
        })
      : undefined;
  const simulation = await simulateChecked(
    definition,
    {
      ...(given !== undefined && { input: given }),
      ...(manifest !== undefined && { params: Object.keys(manifest.params.properties) }),
      ...(mocks !== undefined && { mocks: parseJson(mocks, options.mocks as string) }),
      ...(options.testCase !== undefined && { testCase: options.testCase }),
      ...(options.machine !== undefined && { machine: options.machine }),
      ...(options.checkMocks !== undefined && { checkMocks: options.checkMocks }),
      ...(options.samples === true && { samples: await samplesBeside(file) }),
      ...(options.now !== undefined && { now: options.now }),
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.express === true && { type: 'EXPRESS' }),
      // A machine is called as its file is: `Orders.asl.json`; a compiled one, whose file always has one name, as its folder.
      names: [basename(file).replace(/(?:\.asl)?\.json$/, ''), basename(dirname(resolve(file)))],
      onWarning: (warning) => warnings.push(warning),
    },
    guard,
  ).catch((error: unknown) => {
    throw error instanceof Stop ? new Stop(placed(error.diagnostics), error.exitCode) : error;
  });
  process.stdout.write(
    options.json === true
      ? asJson({ ...simulation, ...(guard && { denials: guard.denials }) })
      : simulationText(simulation, coloursFor(process.stdout)),
  );
  if (options.html !== undefined) await drawRun(options.html, file, definition, simulation, options.json === true);
  const isBare = compiled !== undefined && mocks === undefined && options.samples !== true;
  const hasAsked = simulation.events.some(({ type }) => type === 'TaskScheduled');
  if (isBare && hasAsked && lacksValue(simulation)) warnings.push(diagnose('SIM025', { file }));
  const denied = denialDiagnostics(guard?.denials ?? []);
  return { exitCode: simulation.status === 'SUCCEEDED' ? 0 : 1, warnings: [...placed(warnings), ...denied] };
}

/** The picture beside what is printed; where that is JSON, nothing else is on standard output. */
async function drawRun(
  html: string,
  file: string,
  definition: Json,
  { events }: Simulation,
  json: boolean,
): Promise<void> {
  const { titleFor, writePicture } = await import('../report/picture/picture-for-terminal.ts');
  await writePicture(html, readMachine(definition), events, { title: `${titleFor(file)} (simulated)` });
  (json ? process.stderr : process.stdout).write(`${json ? '' : '\n'}wrote ${html}\n`);
}

/** The samples of a compiled DAG, from `manifest.json` in the folder of its machine. */
async function samplesBeside(file: string): Promise<{ readonly [state: string]: Json }> {
  const beside = join(dirname(file), 'manifest.json');
  const manifest = asManifest(await readJson(beside));
  if (manifest === undefined)
    throw new Stop(diagnose('RUN002', { file: beside, detail: 'it is no manifest of a compiled DAG' }));
  return Object.assign({}, ...manifest.tasks.map(({ samples }) => samples ?? {}));
}

/** The manifest of a compiled DAG, where the file is its machine. */
async function manifestBeside(file: string, name = 'step_function.json'): Promise<Manifest | undefined> {
  if (basename(file) !== name) return undefined;
  return readJson(join(dirname(file), 'manifest.json')).then(asManifest, () => undefined);
}

/** Any JSON may be called `manifest.json`. */
function asManifest(value: Json): Manifest | undefined {
  const { manifestVersion, params, tasks } = (value ?? {}) as unknown as Partial<Manifest>;
  const fits = manifestVersion === 1 && typeof params?.properties === 'object' && Array.isArray(tasks);
  return fits ? (value as unknown as Manifest) : undefined;
}

/**
 * Simulates what the lines of a file describe, a line out for each line in, in their order, as they come; blank lines are passed over.
 * A run that fails is an answer like any other. Stops at the end where lines could not be run; answers what is odd about inputs and mocks.
 * @param checks whether the mocks are held against what the services answer; that changes no answer
 */
export async function simulateBatch(file: string, checks: boolean): Promise<FileEnd> {
  const invalid = new Lines();
  const odd = new Lines();
  const oddInputs = new Lines();
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
    const answer = await simulateLine(line, {
      ...(checks && { onMockFaults: (faults) => odd.add(number, faults.join(' ')) }),
      onInputFaults: (faults) => oddInputs.add(number, faults.join('; ')),
    });
    if (answer.status === 'INVALID') invalid.add(number, answer.cause);
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await drained(process.stdout);
    if (!heard) return { exitCode: 0, warnings: [] };
  }
  const warnings = [
    ...(oddInputs.count === 0 ? [] : [diagnose('SIM019', { file: nameOf(file), ...oddInputs.told })]),
    ...(odd.count === 0 ? [] : [diagnose('SIM016', { file: nameOf(file), ...odd.told })]),
  ];
  if (invalid.count === 0) return { exitCode: 0, warnings };
  throw new Stop([...warnings, diagnose('SIM006', { file: nameOf(file), ...invalid.told })]);
}

/** Lines of a batch that something is said of: how many, and the first of them. */
class Lines {
  count = 0;
  readonly #first: { readonly line: number; readonly reason: string }[] = [];

  add(line: number, reason: string): void {
    if (++this.count <= NAMED) this.#first.push({ line, reason });
  }

  get told() {
    return { count: this.count, lines: this.#first };
  }
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

function asJson(simulation: Simulation & { readonly denials?: readonly Denial[] }): string {
  return `${JSON.stringify(simulation, undefined, 2)}\n`;
}
