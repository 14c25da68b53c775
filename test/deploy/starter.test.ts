import { expect, test } from '@jest/globals';
import type { StateMachine } from '../../asl/language/types.ts';
import { validate } from '../../asl/validate/validate.ts';
import { namesOf } from '../../aws/names.ts';
import { starterDefinition } from '../../deploy/desired/schedule.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { simulate } from '../../simulate/simulate.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const NAMES = namesOf({ prefix: '', dag: 'd', artifacts: 'abc' }, PLACE);

async function starts(scheduled: string, more: Partial<Manifest> = {}, mocks: object = {}) {
  const definition = starterDefinition({ dag: 'd', ...more } as Manifest, NAMES, PLACE) as unknown as StateMachine;
  expect(validate(JSON.stringify(definition))).toEqual([]);
  const calls: unknown[] = [];
  const { status } = await simulate(definition, {
    input: { scheduled_time: scheduled },
    mocks: mocks as never,
    onCall: ({ arguments: given }: { arguments: unknown }) => void calls.push(given),
  } as never);
  return { status, calls };
}

test('the execution’s name and its logical date are the time at which the schedule was due', async () => {
  expect(await starts('2026-01-31T04:05:00Z')).toEqual({
    status: 'SUCCEEDED',
    calls: [
      {
        StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:d:live',
        Name: '20260131T040500Z-1',
        Input: '{"logical_date":"2026-01-31T04:05:00Z"}',
      },
    ],
  });
});

test('a date that has its run already is done', async () => {
  const taken = { start: { '0': { Throw: { Error: 'Sfn.ExecutionAlreadyExistsException', Cause: 'taken' } } } };
  expect((await starts('2026-01-31T04:05:00Z', {}, taken)).status).toBe('SUCCEEDED');
});

test.each([
  ['2025-12-31T23:00:00Z', 1],
  ['2025-12-31T22:59:59Z', 0],
  ['2026-02-01T00:00:00Z', 1],
  ['2026-02-01T00:00:01Z', 0],
])('%s, before or after the DAG’s dates, starts %d', async (scheduled, runs) => {
  const dates = { startDate: '2026-01-01', endDate: '2026-02-01T00:00:00Z', timezone: 'Europe/Madrid' };
  expect((await starts(scheduled, dates)).calls).toHaveLength(runs);
});
