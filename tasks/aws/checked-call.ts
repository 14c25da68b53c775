import type { FailedAnswer } from '../../asl/services/index.ts';
import { expression, type Fragment, type FragmentState } from '../../authoring/internal.ts';

/**
 * A call, and behind it the question whether its answer says that something failed; the answer stays the task's output. The call bears the
 * task's id, as a task that is a call alone does.
 */
export function checkedCall(call: FragmentState, { condition, error, cause }: FailedAnswer): Fragment {
  return {
    start: '',
    states: {
      '': { ...call, Next: 'failed?' },
      'failed?': {
        Type: 'Choice',
        Choices: [{ Condition: expression(condition), Next: 'failed' }],
        Default: 'done',
      },
      failed: {
        Type: 'Fail',
        Error: 'name' in error ? error.name : expression(error.expression),
        Cause: expression(cause),
      },
      done: { Type: 'Succeed' },
    },
  };
}
