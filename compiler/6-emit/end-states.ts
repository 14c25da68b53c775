import type { Emission } from './emission.ts';
import { computed } from './jsonata-text.ts';
import { CHECK, FAIL, SUCCEED } from './names.ts';
import { inOrder, type NamedStates } from './order-fields.ts';
import { questionText } from './question-text.ts';

/**
 * The states at the machine's end: whether the run failed, where that depends on the run, and its two ends.
 * @param succeeds whether a state goes on to the one for success: most end by themselves
 */
export function endStates(e: Emission, succeeds: boolean): NamedStates {
  const { check, fails } = e.outcomes;
  const list = `$${e.names.listOf([])}`;
  return {
    ...(check && {
      [CHECK]: inOrder({
        Type: 'Choice',
        Choices: [{ Condition: computed(questionText(e, check, [])), Next: FAIL }],
        Default: SUCCEED,
      }),
    }),
    // The error of the first task that failed, in plan order; the cause names them all.
    ...(fails && {
      [FAIL]: inOrder({
        Type: 'Fail',
        Error: computed(`(${list}[state = 'failed'])[0].error`),
        Cause: computed(`$string([${list}[state = 'failed']])`),
      }),
    }),
    ...((check || succeeds) && { [SUCCEED]: inOrder({ Type: 'Succeed' }) }),
  };
}
