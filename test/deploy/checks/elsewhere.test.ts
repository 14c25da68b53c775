import { expect, test } from '@jest/globals';
import { elsewhere } from '../../../deploy/checks/elsewhere.ts';
import type { Environment } from '../../../project/environment.ts';
import { ENVIRONMENT } from '../support.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const key = (region: string, account = PLACE.account, partition = 'aws') =>
  `arn:${partition}:kms:${region}:${account}:key/k`;
const boundary = (account: string, partition = 'aws') => `arn:${partition}:iam::${account}:policy/b`;

test.each<[Partial<Environment>, message: string | undefined]>([
  [{ permissionsBoundary: boundary('111122223333') }, undefined],
  [{ permissionsBoundary: boundary('aws') }, undefined],
  [{ permissionsBoundary: boundary('999999999999') }, 'of the account 999999999999'],
  [{ permissionsBoundary: boundary('aws', 'aws-cn') }, 'of the partition aws-cn'],
  // A key may be another account's.
  [{ kmsKeys: { artifacts: key('eu-west-1', '999999999999'), logs: key('eu-west-1') } }, undefined],
  [{ kmsKeys: { logs: key('us-east-1') } }, 'of the region us-east-1'],
  [{ kmsKeys: { schedule: key('eu-west-1', PLACE.account, 'aws-us-gov') } }, 'of the partition aws-us-gov'],
  // Buckets of the DAG may be in other regions.
  [{ kmsKeys: { buckets: [key('us-east-1')] } }, undefined],
  [{ alarms: { topic: 'arn:aws:sns:eu-west-1:999999999999:ops' } }, undefined],
  [{ alarms: { topic: 'arn:aws:sns:us-east-1:111122223333:ops' } }, 'of the region us-east-1'],
])('%j: %s', (given, message) => {
  const found = elsewhere({ ...ENVIRONMENT, ...given }, PLACE);
  expect(found.map(({ code }) => code)).toEqual(message === undefined ? [] : ['DEP034']);
  expect(found[0]?.message ?? '').toContain(message ?? '');
});
