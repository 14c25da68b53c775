import { LIMITS } from '../../asl/language/limits.ts';
import { diagnose } from '../../diagnostics/index.ts';
import type { BranchSpec } from '../branches.ts';
import { durationMs } from '../duration.ts';
import { isTaskHandle } from '../handles.ts';
import type { DefaultArgs, ShortCircuitSpec, TaskSpec, TeardownSpec } from '../task.ts';
import { type ChecksOf, check, flag, listOf, misfit, prose, twice, wholeNumber } from './check.ts';
import { duration } from './durations.ts';
import { errorNames } from './error-names.ts';
import type { Kind } from './fields.ts';
import { checkId } from './ids.ts';
import { shown } from './shown.ts';
import { triggerRule } from './trigger-rules.ts';

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

export const TEARDOWN: ChecksOf<TeardownSpec> = { ...TASK, setups, onFailureFailDagrun: flag };

export const SHORT_CIRCUIT: ChecksOf<ShortCircuitSpec> = { ...TASK, ignoreDownstreamTriggerRules: flag };

/** Of a branch's id more is checked where it is placed, with the group's before it. */
export const BRANCH: ChecksOf<BranchSpec> = {
  id: check('an id', (given, { at }) => (typeof given === 'string' ? [] : checkId(given, 'task', at))),
};

/** How the fields of a task are written. */
export const TASK_KIND: Kind = { instead: 'the fields in an object, `{ retries: 2 }`', airflow: 'task' };
