import { partition } from '@aws-sdk/core/client';
import { expect, test } from '@jest/globals';
import { inPartition, partitionOfRegion, textInPartition } from '../../aws/partition.ts';

test.each([
  ...['us-east-1', 'eu-west-1', 'ap-southeast-7', 'mx-central-1', 'il-central-1', 'us-northeast-1'],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1', 'eusc-de-east-1'],
  ...['us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'us-isof-south-1', 'eu-isoe-west-1'],
])('the region %s is in the partition in which the SDK has it', (region) => {
  expect(partitionOfRegion(region)).toBe(partition(region).name);
});

test('a text is rewritten as the definition in it is, and nothing else', () => {
  const definition = {
    Comment: 'arn:aws:states:::not-a-resource',
    States: {
      A: { Resource: 'arn:aws:states:::lambda:invoke', Arguments: { Resource: 'arn:aws:s3:::b' } },
      B: {
        Resource: 'arn:aws:lambda:us-east-1:1:function:f',
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
      },
    },
  };
  for (const indent of [undefined, 2])
    for (const name of ['aws', 'aws-cn'])
      expect(textInPartition(JSON.stringify(definition, undefined, indent), name)).toBe(
        JSON.stringify(inPartition(definition, name), undefined, indent),
      );
});
