import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { NotJson } from '../../asl/trace/json-values.ts';
import { NoHistory, readHistory } from '../../asl/trace/read-history.ts';
import { statePlaces } from '../../asl/trace/state-places.ts';
import { OtherMachine } from '../../asl/trace/trace.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { nameOf, readText } from '../../project/read-file.ts';
import { readDefinition } from './read-definition.ts';
import { titleFor } from './title-for.ts';
import { writePicture } from './write-picture.ts';

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
    const known = [...statePlaces(machine).keys()];
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
