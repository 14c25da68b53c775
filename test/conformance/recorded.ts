import { existsSync, readFileSync } from 'node:fs';

/** Where all cases lie, beside the repository; a part of them, chosen over all groups, is kept in it. */
const WHOLE = {
  executions: '../../../shared/conformance/executions.jsonl',
  validity: '../../../shared/conformance/validity.jsonl',
  faults: '../../../shared/conformance/faults.jsonl',
  airflow: '../../../shared/airflow/recorded.jsonl',
  mapped: '../../../shared/airflow/mapped.jsonl',
} as const;

export interface Recorded<T> {
  readonly cases: readonly T[];
  /** Whether they are all that were recorded, of which the snapshots tell. */
  readonly whole: boolean;
}

/** Recorded cases: all of them where they are there, else (and with RECORDED=kept) those that the repository keeps in `recorded/`. */
export function recorded<T>(name: keyof typeof WHOLE): Recorded<T> {
  const all = new URL(WHOLE[name], import.meta.url);
  const whole = process.env.RECORDED !== 'kept' && existsSync(all);
  const file = whole ? all : new URL(`recorded/${name}.jsonl`, import.meta.url);
  const lines = readFileSync(file, 'utf8').split('\n');
  return { cases: lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T), whole };
}
