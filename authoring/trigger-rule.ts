/**
 * Airflow's trigger rules: when a task runs, judged by its DAG upstreams alone.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules
 */
export const TRIGGER_RULES = [
  'all_success',
  'all_failed',
  'all_done',
  'all_done_min_one_success',
  'all_skipped',
  'one_success',
  'one_failed',
  'one_done',
  'none_failed',
  'none_skipped',
  'none_failed_min_one_success',
  'always',
] as const;
export type TriggerRule = (typeof TRIGGER_RULES)[number];
