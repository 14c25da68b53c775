import { TRIGGER_RULES } from '../../airflow/trigger-rules.ts';
import { STATES_ERRORS } from '../../asl/language/errors.ts';
import { LIMITS } from '../../asl/language/limits.ts';
import { didYouMean } from '../../diagnostics/did-you-mean.ts';
import { diagnose } from '../../diagnostics/index.ts';
import type { BranchSpec } from '../branches.ts';
import { duration, durationMs } from '../duration.ts';
import type { DefaultArgs, ShortCircuitSpec, TaskSpec, TeardownSpec } from '../task.ts';
import { isTaskHandle } from '../task.ts';
import {
  type ChecksOf,
  check,
  checkId,
  flag,
  listOf,
  misfit,
  prose,
  shown,
  text,
  twice,
  type Where,
  wholeNumber,
} from './check.ts';
import type { Kind } from './fields.ts';

/** Former names of trigger rules in Airflow. */
const FORMER: { readonly [name: string]: string } = {
  dummy: 'always',
  none_failed_or_skipped: 'none_failed_min_one_success',
};

const triggerRule = check(`one of ${TRIGGER_RULES.join(', ')}`, (given, { owner, at }) => {
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

const ERROR_NAMES = "a list of error names, `['S3.NoSuchKeyException']`";

/** Names of errors that a task can be caught on, each once. */
const errorNames = check(ERROR_NAMES, (given, where) => {
  const wrong = listOf(text, ERROR_NAMES)(given, where);
  if (wrong.length > 0) return wrong;
  const names = given as readonly string[];
  return [...names.flatMap((name) => wrongName(name, where)), ...twice(names, where)];
});

function wrongName(name: string, { owner, field, at }: Where) {
  const fault = (detail: string, instead: string) => [diagnose('DAG100', { owner, field, name, detail, instead }, at)];
  if (name.trim() === '') return fault('which names no error', 'Name an error, or leave it out.');
  if (name === 'States.ALL')
    return fault(
      'which stands for every error',
      'Name the errors that mean "nothing to do". For a failure that hinders nothing behind it give those tasks the trigger rule all_done.',
    );
  if (['States.Runtime', 'States.DataLimitExceeded'].includes(name))
    return fault('which no state can catch', 'Leave it out: the run ends with it.');
  if (name.startsWith('States.') && !name.startsWith('States.Http.') && !STATES_ERRORS.includes(name))
    return fault(
      'which Step Functions does not have',
      `${didYouMean(name, STATES_ERRORS)}Its own are ${STATES_ERRORS.join(', ')}.`,
    );
  return [];
}

const anyDuration = duration('0s');
const PAIR = "a duration, `'10m'`, or the least and the most, `['5m', '1h']`";

const estimate = check(PAIR, (given, where) => {
  if (!Array.isArray(given)) return anyDuration(given, where);
  const wrong = listOf(anyDuration)(given, where);
  if (wrong.length > 0) return wrong;
  const [least, most] = given.map((side) => durationMs(side)!);
  const isPair = given.length === 2 && least! <= most!;
  return isPair ? [] : [misfit(given, where, `${PAIR}, the least first`)];
});

const SETUPS = 'the handle that `dag.setup(…)` answered, or a list of them';

const setups = check(SETUPS, (given, where) => {
  const list = Array.isArray(given) ? Array.from(given as unknown[]) : [given];
  const strangers = list.filter((one) => !isTaskHandle(one));
  if (strangers.length === 0) return twice(list, where);
  const { owner, field, at } = where;
  return strangers.map((one) => diagnose('DAG104', { owner, field, given: shown(one), wanted: SETUPS }, at));
});

export const DEFAULT_ARGS: ChecksOf<DefaultArgs> = {
  retries: wholeNumber(0, LIMITS.retryAttempts),
  retryDelay: duration('1s'),
  retryExponentialBackoff: flag,
  maxRetryDelay: duration('1s'),
  retryJitter: flag,
  executionTimeout: duration('1s'),
  triggerRule,
  skipOn: errorNames,
};

export const TASK: ChecksOf<TaskSpec> = { ...DEFAULT_ARGS, heartbeat: duration('1s'), estimate, docMd: prose };

/** The options that every task has, by name. */
export const taskOptions: readonly string[] = Object.keys(TASK);

export const TEARDOWN: ChecksOf<TeardownSpec> = { ...TASK, setups, onFailureFailDagrun: flag };

export const SHORT_CIRCUIT: ChecksOf<ShortCircuitSpec> = { ...TASK, ignoreDownstreamTriggerRules: flag };

/** Of a branch's id more is checked where it is placed, with the group's before it. */
export const BRANCH: ChecksOf<BranchSpec> = {
  id: check('an id', (given, { at }) => (typeof given === 'string' ? [] : checkId(given, 'task', at))),
};

/** How the fields of a task are written. */
export const TASK_KIND: Kind = { instead: 'the fields in an object, `{ retries: 2 }`', airflow: 'task' };
