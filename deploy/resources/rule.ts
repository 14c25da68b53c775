import type { Json } from '../../asl/json/value.ts';
import { orUndefined } from '../../aws/errors.ts';
import type { Handler, Resource } from '../resource.ts';
import { tagList, tagsOf } from './tags.ts';

/** The id of the one target. */
const TARGET = 'dagwright';
const GONE = 'ResourceNotFoundException';

/** An EventBridge rule with one target. Properties: `pattern`, `state`, `target`, `role`. */
export const rule: Handler = {
  async observe(aws, { name, arn }) {
    const events = await aws.events();
    const [found, targets, tags] = await Promise.all([
      orUndefined(events.describeRule({ Name: name }), GONE),
      orUndefined(events.listTargetsByRule({ Rule: name }), GONE),
      orUndefined(events.listTagsForResource({ ResourceARN: arn }), GONE),
    ]);
    if (found === undefined) return undefined;
    const [target, ...others] = targets?.Targets ?? [];
    return {
      properties: {
        pattern: JSON.parse(found.EventPattern ?? 'null') as Json,
        state: found.State ?? '',
        target: target?.Arn ?? null,
        role: target?.RoleArn ?? null,
        ...(others.length > 0 && { others: others.map(({ Id }) => Id!) }),
      },
      tags: tagsOf(tags?.Tags),
    };
  },

  async create({ aws }, resource) {
    const events = await aws.events();
    await events.putRule({ ...ruleOf(resource), Tags: tagList(resource.tags) });
    await events.putTargets(targetOf(resource));
  },

  async update({ aws }, resource, observed, changed) {
    const events = await aws.events();
    if (changed.has('tags')) await events.tagResource({ ResourceARN: resource.arn, Tags: tagList(resource.tags) });
    if (changed.has('pattern') || changed.has('state')) await events.putRule(ruleOf(resource));
    if (changed.has('target') || changed.has('role')) await events.putTargets(targetOf(resource));
    if (changed.has('others'))
      await events.removeTargets({ Rule: resource.name, Ids: [...(observed.properties.others as readonly string[])] });
  },

  async remove(aws, { name }) {
    const events = await aws.events();
    const targets = await orUndefined(events.listTargetsByRule({ Rule: name }), GONE);
    const Ids = (targets?.Targets ?? []).map(({ Id }) => Id!);
    if (Ids.length > 0) await orUndefined(events.removeTargets({ Rule: name, Ids }), GONE);
    await orUndefined(events.deleteRule({ Name: name }), GONE);
  },
};

function ruleOf({ name, properties }: Resource) {
  return {
    Name: name,
    Description: 'Made by dagwright',
    EventPattern: JSON.stringify(properties.pattern),
    State: properties.state as 'ENABLED',
  };
}

function targetOf({ name, properties }: Resource) {
  return {
    Rule: name,
    Targets: [{ Id: TARGET, Arn: properties.target as string, RoleArn: properties.role as string }],
  };
}
