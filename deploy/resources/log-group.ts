import { orUndefined } from '../../aws/errors.ts';
import type { Handler } from '../resource.ts';

/** Where a machine's log goes. Properties: `retentionInDays`. */
export const logGroup: Handler = {
  async observe(aws, { name, arn }) {
    const logs = await aws.logs();
    const [{ logGroups = [] }, tags] = await Promise.all([
      logs.describeLogGroups({ logGroupNamePrefix: name, limit: 50 }),
      orUndefined(logs.listTagsForResource({ resourceArn: arn }), 'ResourceNotFoundException'),
    ]);
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found === undefined) return undefined;
    return { properties: { retentionInDays: found.retentionInDays ?? null }, tags: { ...tags?.tags } };
  },

  async create({ aws }, { name, tags, properties }) {
    const logs = await aws.logs();
    await logs.createLogGroup({ logGroupName: name, tags: { ...tags } });
    await logs.putRetentionPolicy({ logGroupName: name, retentionInDays: properties.retentionInDays as number });
  },

  async update({ aws }, { name, arn, tags, properties }, _observed, changed) {
    const logs = await aws.logs();
    if (changed.has('tags')) await logs.tagResource({ resourceArn: arn, tags: { ...tags } });
    if (changed.has('retentionInDays'))
      await logs.putRetentionPolicy({ logGroupName: name, retentionInDays: properties.retentionInDays as number });
  },

  async remove(aws, { name }) {
    await orUndefined((await aws.logs()).deleteLogGroup({ logGroupName: name }), 'ResourceNotFoundException');
  },
};
