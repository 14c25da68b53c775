import type { Service } from '../service.ts';

const made = (member: string) => `{% $job.made.${member} %}`;

/** AWS Step Functions, as plain data: another machine's executions. */
export const stepFunctions = {
  name: 'stepFunctions',
  title: 'Step Functions',
  integrations: ['states', 'sfn'],
  sdk: 'sfn',
  iam: [{ prefix: 'states', arnNames: { ExecutionId: { parameters: ['Name'] } } }],
  account: {
    named: [
      {
        title: 'state machine',
        parameters: ['StateMachineArn'],
        actions: ['startExecution', 'startSyncExecution'],
        asks: {
          client: { package: '@aws-sdk/client-sfn', prefix: 'states', title: 'Step Functions' },
          call: 'sfn:describeStateMachine',
          arguments: { StateMachineArn: '${given}' },
        },
        none: ['StateMachineDoesNotExist'],
        state: { path: ['Status'], unusable: ['DELETING'] },
        make: 'Deploy it before: `dagwright deploy` of that DAG, where it is one.',
      },
    ],
  },
  jobs: {
    'states:startExecution': {
      title: 'child execution',
      given: ['StateMachineArn'],
      made: ['ExecutionArn'],
      asks: {
        call: 'sfn:describeExecution',
        arguments: { ExecutionArn: made('ExecutionArn') },
        state: '$states.result.Status',
        ended: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
        forgotten: ['Sfn.ExecutionDoesNotExistException'],
      },
      ends: {
        call: 'sfn:stopExecution',
        arguments: {
          ExecutionArn: made('ExecutionArn'),
          Error: 'Job.GivenUp',
          Cause: 'Nobody waits for this execution any more.',
        },
      },
    },
  },
  prices: {
    run: {
      what: 'what the other machine takes',
      least: 0,
      open: 'the README of that machine says it',
      source: 'https://aws.amazon.com/step-functions/pricing/',
    },
  },
  samples: {
    ended: {
      ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:machine:00000000-0000-4000-8000-000000000000',
      Status: 'SUCCEEDED',
      Output: {},
    },
    started: {
      ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:machine:00000000-0000-4000-8000-000000000000',
      StartDate: '2026-01-01T00:00:00Z',
    },
  },
  otherNames: {
    '^(?:start\\w*|execute|invoke|call|trigger\\w*|state_?machine|step_?function\\w*)$':
      '`stepFunctions.run({ machine, input: { … } })`',
  },
} as const satisfies Service;
