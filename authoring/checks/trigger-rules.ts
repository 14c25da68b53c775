import { TRIGGER_RULES } from '../../airflow/trigger-rules.ts';
import { didYouMean } from '../../diagnostics/did-you-mean.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { check } from './check.ts';
import { shown } from './shown.ts';

/** Names that Airflow had for rules before. */
const FORMER: { readonly [name: string]: string } = {
  dummy: 'always',
  none_failed_or_skipped: 'none_failed_min_one_success',
};

export const triggerRule = check(`one of ${TRIGGER_RULES.join(', ')}`, (given, { owner, at }) => {
  if ((TRIGGER_RULES as readonly unknown[]).includes(given)) return [];
  const known = TRIGGER_RULES;
  return [diagnose('DAG099', { owner, given: shown(given), near: nearRule(given), known }, at)];
});

/** `ALL_DONE`, `TriggerRule.ALL_DONE`, `all-done`, `allDone` and what is misspelt. */
function nearRule(given: unknown): string {
  if (typeof given !== 'string') return '';
  if (given === 'all_done_setup_success') return 'Airflow gives this rule to teardowns: write `dag.teardown(…)`. ';
  const plain = given
    .replace(/^.*\./, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();
  const former = Object.hasOwn(FORMER, plain) ? FORMER[plain] : undefined;
  return former === undefined
    ? didYouMean(plain, TRIGGER_RULES)
    : `Airflow calls it ${former} today. Did you mean "${former}"? `;
}
