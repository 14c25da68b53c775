import type { EndState } from '../airflow/end-state.ts';
import type { Visit } from '../asl/trace/visit.ts';

/** What a machine itself writes down of a task that did not succeed, where something of the machine reads it. */
export interface EndRecord {
  readonly task: string;
  readonly state: EndState;
  readonly error?: string;
  readonly cause?: string;
}

/** The records that the states of a machine handed on: in the variable `ended`, or in the field of their output that has its name. */
export function recordsIn(visits: readonly Visit[]): Map<string, EndRecord> {
  const records = new Map<string, EndRecord>();
  for (const { output, assigned } of visits) {
    const fields = [assigned?.ended, output === undefined || !output.includes('"ended"') ? undefined : ended(output)];
    for (const found of fields.flatMap((text) => (text === undefined ? [] : [parse(text)].flat()))) {
      if (isRecord(found) && !records.has(found.task)) records.set(found.task, found);
    }
  }
  return records;
}

function ended(output: string): string | undefined {
  const value = (parse(output) as { ended?: unknown } | null)?.ended;
  return value === undefined ? undefined : JSON.stringify(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is EndRecord {
  const { task, state } = (value ?? {}) as Partial<EndRecord>;
  return typeof task === 'string' && (state === 'failed' || state === 'skipped' || state === 'upstream_failed');
}
