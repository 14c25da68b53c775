import { describe, expect, test } from '@jest/globals';
import { executionName, namesOf, parseExecutionName } from '../../aws/names.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };

describe('names', () => {
  test('of what is made for a DAG', () => {
    expect(namesOf({ prefix: 'dev-', dag: 'datalake', artifacts: 'my-artifacts' }, PLACE)).toMatchObject({
      machineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:dev-datalake',
      aliasArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:dev-datalake:live',
      role: 'dagwright-dev-datalake',
      starter: 'dev-datalake-start',
      assets: 's3://my-artifacts/dagwright/dev-datalake/assets',
      lockKey: 'dagwright/dev-datalake/lock.json',
      logGroup: '/aws/vendedlogs/states/dev-datalake',
    });
  });

  test('are cut and told apart where they are too long', () => {
    const [a, b] = ['a', 'b'].map((end) =>
      namesOf({ prefix: '', dag: `${'x'.repeat(79)}${end}`, artifacts: 'abc' }, PLACE),
    );
    for (const name of [a!.machine, a!.cleanup, a!.starter]) expect(name.length).toBeLessThanOrEqual(80);
    for (const name of [a!.role, a!.schedule, a!.cleanupRule]) expect(name.length).toBeLessThanOrEqual(64);
    expect(a!.role).not.toBe(b!.role);
    expect(a!.cleanup).not.toBe(b!.cleanup);
    expect(namesOf({ prefix: '', dag: 'größe', artifacts: 'abc' }, PLACE).role).toMatch(
      /^dagwright-gr__e-[0-9a-f]{8}$/,
    );
  });

  test('of an execution are its logical date and attempt', () => {
    const date = new Date('2026-01-31T04:05:06Z');
    expect(executionName(date)).toBe('20260131T040506Z-1');
    expect(parseExecutionName(executionName(date, 12))).toEqual({ logicalDate: date, attempt: 12 });
    for (const name of ['20260131T040506Z', '20261331T040506Z-1', '20260131T040506Z-0', 'manual'])
      expect(parseExecutionName(name)).toBeUndefined();
  });
});
