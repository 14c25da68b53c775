import { LIMITS } from '../../asl/limits.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { shown } from './shown.ts';

/**
 * Ids are Airflow's keys, as long as a state's name may be.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function checkId(id: unknown, what: 'DAG' | 'task' | 'group', at: Parameters<typeof diagnose>[2]): Diagnostic[] {
  const isKey =
    typeof id === 'string' &&
    id.length <= LIMITS.stateName &&
    /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*$/u.test(id) &&
    id !== '__proto__';
  return isKey ? [] : [diagnose('DAG007', { id: shown(id), what, allowed: ALLOWED }, at)];
}

const ALLOWED = `letters, digits, "_", "-" and ".", at most ${LIMITS.stateName} of them`;
