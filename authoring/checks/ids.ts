import { LIMITS } from '../../asl/language/limits.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { templatesTold } from '../made-templates.ts';
import { shown } from './shown.ts';

/**
 * Ids are Airflow's keys, as long as a state's name may be.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function checkId(id: unknown, what: 'DAG' | 'task' | 'group', at: Parameters<typeof diagnose>[2]): Diagnostic[] {
  // A group's id ends at the dot behind which those of its tasks go on.
  const { form, allowed } = what === 'group' ? GROUP : KEY;
  const isKey = typeof id === 'string' && id.length <= LIMITS.stateName && form.test(id) && id !== '__proto__';
  if (!isKey) templatesTold(id);
  return isKey ? [] : [diagnose('DAG007', { id: shown(id), what, allowed }, at)];
}

const KEY = {
  form: /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*$/u,
  allowed: `letters, digits, "_", "-" and ".", at most ${LIMITS.stateName} of them`,
};
const GROUP = {
  form: /^[\p{L}\p{N}_-]+$/u,
  allowed: `letters, digits, "_" and "-", at most ${LIMITS.stateName} of them`,
};
