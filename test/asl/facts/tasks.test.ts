import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../../simulate/simulate.ts';
import { pass, run, task } from '../interpret/run.ts';

/** "Tasks", sentence by sentence, as far as it is about running them. */
describe('errors of services', () => {
  it.each([
    ['arn:aws:states:::glue:startJobRun.sync', 'Glue.EntityNotFoundException'],
    ['arn:aws:states:::aws-sdk:dynamodb:putItem', 'DynamoDb.ConditionalCheckFailedException'],
  ])('%s fails with %s, which Retry and Catch know by that name', async (Resource, error) => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: task({
          Resource,
          Retry: [{ ErrorEquals: [error], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: [error], Next: 'Z', Output: '{% $states.errorOutput %}' }],
        }),
        Z: pass(),
      },
    };
    const thrown = { Throw: { Error: error, Cause: 'the cause' } };
    const { output } = await simulate(definition, { mocks: { A: { '0-1': thrown } } });
    expect(output).toEqual({ Error: error, Cause: 'the cause' });
  });
});

describe('an HTTP task', () => {
  it('ends after 60 s', async () => {
    const A = task({ Resource: 'arn:aws:states:::http:invoke', Arguments: {} });
    const slow = await run({ A }, { tasks: () => ({ result: 1, durationSeconds: 61 }) });
    expect([slow.status, slow.stoppedAt - slow.startedAt]).toEqual(['FAILED', 60_000]);
    expect((await run({ A }, { tasks: () => ({ result: 1, durationSeconds: 59 }) })).status).toBe('SUCCEEDED');
  });
});

describe('a Lambda', () => {
  it("has its exception's type as the error and the runtime's JSON as the cause", async () => {
    const Cause = '{"errorMessage":"no","errorType":"ValueError"}';
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: task({
          Catch: [
            { ErrorEquals: ['ValueError'], Next: 'Z', Output: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
          ],
        }),
        Z: pass(),
      },
    };
    const { output } = await simulate(definition, { mocks: { A: { '0': { Throw: { Error: 'ValueError', Cause } } } } });
    expect(output).toBe('no');
  });
});

describe('Credentials', () => {
  it.each(['arn:aws:lambda:us-east-1:123456789012:function:f', 'arn:aws:states:::aws-sdk:s3:listBuckets'])(
    'are in the event of %s',
    async (Resource) => {
      const RoleArn = "{% 'arn:aws:iam::111111111111:role/' & 'r' %}";
      const { events } = await run({ A: task({ Resource, Credentials: { RoleArn } }) });
      const scheduled = events.find(({ type }) => type.endsWith('Scheduled'));
      expect(JSON.stringify(scheduled)).toContain('"taskCredentials":{"roleArn":"arn:aws:iam::111111111111:role/r"}');
    },
  );
});
