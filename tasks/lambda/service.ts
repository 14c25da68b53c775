import type { Service } from '../service.ts';

/**
 * What Lambda fails with now and then, and AWS advises every machine to try again, whatever else it retries.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
const RETRY = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
} as const;

/** AWS Lambda, as plain data. */
export const lambda = {
  name: 'lambda',
  title: 'Lambda',
  integrations: ['lambda'],
  sdk: 'lambda',
  // AWS's own trust policies for execution roles have no condition.
  iam: [{ prefix: 'lambda', namesNoSource: ['lambda.amazonaws.com'] }],
  account: {
    named: [
      {
        title: 'function',
        parameters: ['FunctionName'],
        madeBy: { createFunction: 'FunctionName' },
        asks: {
          client: { package: '@aws-sdk/client-lambda', prefix: 'lambda', title: 'Lambda' },
          call: 'lambda:getFunctionConfiguration',
          arguments: { FunctionName: '${given}' },
        },
        none: ['ResourceNotFoundException'],
        state: { path: ['State'], unusable: ['Failed'] },
        make: 'Publish it, or let the DAG: `lambda.typescript(…)` and `lambda.python(…)` publish a function with the machine.',
      },
    ],
  },
  retried: { 'lambda:invoke': [RETRY] },
  otherNames: {
    '^(?:invoke_?function|call|run)$': "`lambda.invoke({ function: 'score', payload: { … } })`",
    '^(?:create|update|function|python_?callable|python_?operator)$':
      "`lambda.typescript(() => import('../functions/score.ts'), { handler: 'score' })` or `lambda.python('functions/score.py', { handler: 'score' })`",
    '^(?:node|nodejs|ts|js|javascript)$':
      "`lambda.typescript(() => import('../functions/score.ts'), { handler: 'score' })`",
    '^(?:py|python3)$': "`lambda.python('functions/score.py', { handler: 'score' })`",
  },
} as const satisfies Service;
