import { orUndefined } from '../../aws/errors.ts';
import type { Context, Handler } from '../resource.ts';
import { contentOf } from './machine.ts';

const GONE = ['StateMachineDoesNotExist', 'ResourceNotFound'];

/**
 * The name under which a machine's version is started. Properties: `content`, the hash of what the version holds. What the alias points to
 * is observed by its content, so that it does not matter under which number a version was published.
 */
export const alias: Handler = {
  async observe(aws, { arn }) {
    const sfn = await aws.sfn();
    const found = await orUndefined(sfn.describeStateMachineAlias({ stateMachineAliasArn: arn }), ...GONE);
    if (found === undefined) return undefined;
    const routes = found.routingConfiguration ?? [];
    const version = routes[0]?.stateMachineVersionArn ?? '';
    const content = routes.length === 1 ? await contentOf(sfn, version) : undefined;
    return {
      properties: { content: content ?? `${routes.length} versions` },
      // An alias has no tags: it is its machine's.
      tags: {},
      details: { version },
    };
  },

  async create({ aws, version }, { name }) {
    await (await aws.sfn()).createStateMachineAlias({
      name,
      description: 'Made by dagwright',
      routingConfiguration: [{ stateMachineVersionArn: needed(version), weight: 100 }],
    });
  },

  async update({ aws, version }, { arn }) {
    await (await aws.sfn()).updateStateMachineAlias({
      stateMachineAliasArn: arn,
      routingConfiguration: [{ stateMachineVersionArn: needed(version), weight: 100 }],
    });
  },

  async remove(aws, { arn }) {
    await orUndefined((await aws.sfn()).deleteStateMachineAlias({ stateMachineAliasArn: arn }), ...GONE);
  },
};

function needed(version: Context['version']): string {
  if (version === undefined) throw new Error('the alias is moved before its version is known');
  return version;
}
