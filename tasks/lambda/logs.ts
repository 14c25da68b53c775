import type { LogsModule } from '../logs.ts';

/** What a function writes stands in its log group, under streams that nobody names after calls. */
export const logs: LogsModule['logs'] = {
  'lambda:invoke': async ({ parameters }) => [
    {
      title: `Lambda function ${parameters.FunctionName}`,
      lines: [],
      hint: `aws logs tail /aws/lambda/${String(parameters.FunctionName).replace(/^.*:function:/, '')} --since 1d`,
    },
  ],
};
