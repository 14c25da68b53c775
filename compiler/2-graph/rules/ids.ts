import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

const LONGEST = 80;

/**
 * Ids are Airflow's keys, as long as a state's name may be.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const ids: GraphRule = ({ model, tasks }) => [
  ...(isKey(model.id)
    ? []
    : [diagnose('DAG007', { id: model.id, what: 'DAG', allowed: ALLOWED }, { place: model.place })]),
  ...[...tasks.values()]
    .filter((task) => !isKey(task.model.id))
    .map(({ model: { id, place } }) => diagnose('DAG007', { id, what: 'task', allowed: ALLOWED }, { task: id, place })),
];

const ALLOWED = `letters, digits, "_", "-" and ".", at most ${LONGEST} of them`;

function isKey(id: unknown): boolean {
  return typeof id === 'string' && id.length <= LONGEST && /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*$/u.test(id);
}
