import { readFile } from 'node:fs/promises';
import type { Dataset, RunEvent } from '../../engines/lineage/event.ts';

/** The events in a file, a line each. */
export async function eventsIn(file: string): Promise<RunEvent[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
}

/** The event with which a job's run ended; there must be one, and no more. */
export function ends(events: readonly RunEvent[]): (job: string) => RunEvent {
  return (job) => {
    const found = events.filter((one) => one.job.name === job && /^(COMPLETE|FAIL|ABORT)$/.test(one.eventType));
    if (found.length !== 1) throw new Error(`${job} ended ${found.length} times`);
    return found[0]!;
  };
}

/** The names of what an event's run read and wrote. */
export function named({ inputs = [], outputs = [] }: RunEvent): { reads: string[]; writes: string[] } {
  const name = (dataset: Dataset) => `${dataset.namespace} ${dataset.name}`;
  return { reads: inputs.map(name).sort(), writes: outputs.map(name).sort() };
}

/** Where the columns of what was written come from: `title <- raw/films.csv title`. */
export function columns({ outputs = [] }: RunEvent): string[] {
  const { fields } = outputs[0]!.facets!.columnLineage as unknown as {
    fields: Record<string, { inputFields: (Dataset & { field: string })[] }>;
  };
  return Object.entries(fields)
    .flatMap(([column, { inputFields }]) => inputFields.map(({ name, field }) => `${column} <- ${name} ${field}`))
    .sort();
}

/** Each run begins, and ends once. */
export function unfinished(events: readonly RunEvent[]): string[] {
  const runs = new Map<string, string[]>();
  for (const { run, eventType } of events) runs.set(run.runId, [...(runs.get(run.runId) ?? []), eventType]);
  const isWhole = (types: readonly string[]) =>
    types.includes('START') && types.filter((type) => /^(COMPLETE|FAIL|ABORT)$/.test(type)).length === 1;
  return [...runs.values()].filter((types) => !isWhole(types)).map((types) => types.join(' '));
}
