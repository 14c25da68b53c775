import type { LogsModule } from '../logs.ts';

/** Of services that have no folder of their own. */
export const logs: LogsModule['logs'] = {
  'lambda:invoke': async ({ parameters }) => [
    {
      title: `Lambda function ${parameters.FunctionName}`,
      lines: [],
      hint: `aws logs tail /aws/lambda/${String(parameters.FunctionName).replace(/^.*:function:/, '')} --since 1d`,
    },
  ],
};
