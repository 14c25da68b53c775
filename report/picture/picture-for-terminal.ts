import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { NoHistory, NotJson, readHistory } from '../../asl/history/read-history.ts';
import { OtherMachine } from '../../asl/history/trace.ts';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { parseJson } from '../../asl/json/parse.ts';
import { isObject, type Json } from '../../asl/json/value.ts';
import { walkStates } from '../../asl/language/states.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { readMachine } from '../../asl/validate/machine-shape.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { nameOf, readJson, readText } from '../../project/files.ts';
import { type PictureOptions, pictureOf } from './picture.ts';

export interface ReportOptions {
  readonly machine: string;
  readonly out?: string;
  readonly title?: string;
}

/** Draws the run that a history tells of, and says where the picture is. */
export async function drawHistory(history: string, { machine: file, out, title }: ReportOptions): Promise<void> {
  const { machine, name } = await readDefinition(file);
  const events = eventsOf(history, await readText(history));
  const to = out ?? (history === '-' ? 'report.html' : `${history.replace(/\.[^./\\]+$/, '')}.html`);
  try {
    await writePicture(to, machine, events, { title: title ?? name ?? titleFor(file) });
  } catch (error) {
    if (!(error instanceof OtherMachine)) throw error;
    const { state, event } = error;
    const known = [...walkStates(machine)].map(({ name }) => name);
    throw new Stop(diagnose('RPT002', { history: nameOf(history), machine: nameOf(file), state, event, known }));
  }
  process.stdout.write(`wrote ${to}\n`);
}

function eventsOf(file: string, text: string): HistoryEvent[] {
  try {
    return readHistory(text);
  } catch (error) {
    if (error instanceof NotJson) throw new Stop(diagnose('SIM001', { file: nameOf(file), detail: error.message }));
    if (error instanceof NoHistory) throw new Stop(diagnose('RPT001', { file: nameOf(file), detail: error.message }));
    throw error;
  }
}

/** Writes the picture of a run to a file. */
export async function writePicture(
  file: string,
  machine: StateMachine,
  history: readonly HistoryEvent[],
  options: PictureOptions,
): Promise<void> {
  const page = await pictureOf(machine, history, options);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, page);
  } catch (error) {
    throw new Stop(diagnose('CLI005', { file, detail: (error as Error).message }), 3);
  }
}

/** Names that say nothing of what they hold. */
const PLAIN = /^(step_function|definition|machine|state_?machine|statemachine|history|run|index)(\.asl)?$/i;

/** A title from the name of a machine's file, or of its folder where that says more. */
export function titleFor(file: string): string {
  if (file === '-') return 'state machine';
  const name = basename(file, extname(file));
  return PLAIN.test(name) ? basename(dirname(resolve(file))) || name : name.replace(/\.asl$/i, '');
}

/** A machine's definition: as it is, or in what DescribeStateMachine and DescribeStateMachineForExecution answer. */
export async function readDefinition(file: string): Promise<{ machine: StateMachine; name?: string }> {
  const found = await readJson(file);
  if (!isObject(found) || typeof found.definition !== 'string') return { machine: readMachine(found) };
  let definition: Json;
  try {
    definition = parseJson(found.definition);
  } catch (error) {
    throw new Stop(diagnose('SIM001', { file: `"definition" in ${nameOf(file)}`, detail: (error as Error).message }));
  }
  const { name } = found;
  return { machine: readMachine(definition), ...(typeof name === 'string' && { name }) };
}
