import type { LogsModule } from '../logs.ts';
import { errorLines } from './error-lines.ts';

/** A function's error stands in the history with its stack; what it printed, in its log group, under streams that nobody names after calls. */
export const logs: LogsModule['logs'] = {
  'lambda:invoke': async ({ parameters, said, failed }) => {
    // An ARN, a part of one or a name, with a version or an alias behind it maybe.
    const name = String(parameters.FunctionName)
      .replace(/^.*:function:/, '')
      .replace(/:.*$/, '');
    return [
      {
        title: `Lambda function ${name}`,
        lines: failed ? errorLines(lastOf(said)) : [],
        hint: `aws logs tail /aws/lambda/${name} --since 1d`,
      },
    ];
  },
};

/** The last of several texts, each of which is JSON on a line of its own. */
function lastOf(said: string): string {
  return said.trim().split('\n').at(-1) ?? '';
}
