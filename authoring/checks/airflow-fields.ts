import { AIRFLOW_FIELDS } from './airflow-fields.generated.ts';

/** What becomes of one of Airflow's fields. */
export interface AirflowField {
  /** The field here; undefined if there is not one. */
  readonly here: string | undefined;
  /** The remark in docs/airflow.md: how it differs, why it is not there, what to write. */
  readonly how: string;
}

/**
 * The entry in docs/airflow.md of a field by Airflow's name, `trigger_rule`, or by that name in the spelling of its TypeScript SDK,
 * `maxActiveRuns`.
 * @param known the fields that the object has here
 */
export function airflowField(of: 'dag' | 'task', name: string, known: readonly string[]): AirflowField | undefined {
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const [own, other] =
    of === 'dag' ? [AIRFLOW_FIELDS.dag, AIRFLOW_FIELDS.task] : [AIRFLOW_FIELDS.task, AIRFLOW_FIELDS.dag];
  const told = [own, other].find((fields) => Object.hasOwn(fields, snake))?.[snake];
  if (told) return { here: known.includes(told.here ?? '') ? told.here : undefined, how: howOf(told, known) };
  return camel !== name && known.includes(camel) ? { here: camel, how: '' } : undefined;
}

/** A field that stands elsewhere here: `max_retry_delay` in a DAG's spec. */
function howOf({ here, owner, how }: Told, known: readonly string[]): string {
  if (here === undefined || known.includes(here)) return how;
  const where =
    owner === 'DagSpec'
      ? 'the DAG’s spec'
      : known.includes('defaultArgs')
        ? 'a task, or in defaultArgs where it takes it'
        : `a ${owner === 'TeardownSpec' ? 'teardown' : 'task'}`;
  return [`It is ${here} of ${where}.`, how].filter(Boolean).join(' ');
}

interface Told {
  readonly here?: string;
  readonly owner?: string;
  readonly how: string;
}
