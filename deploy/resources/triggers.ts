import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import type { Json } from '../../asl/json/value.ts';
import { orUndefined } from '../../aws/errors.ts';
import type { Handler, Resource, Tags } from '../resource.ts';
import { tagList, tagsOf } from '../resource.ts';
import { assumable } from './role.ts';

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

/**
 * An EventBridge schedule. Properties: `expression`, `timezone`, `state`, `target`, `role`, `input`. Schedules have no tags, only their
 * groups have: whose it is stands in the description.
 */
export const schedule: Handler = {
  async observe(aws, { name }) {
    const found = await orUndefined((await aws.scheduler()).getSchedule({ Name: name }), GONE);
    if (found === undefined) return undefined;
    return {
      properties: {
        expression: found.ScheduleExpression ?? '',
        timezone: found.ScheduleExpressionTimezone ?? 'UTC',
        state: found.State ?? '',
        target: found.Target?.Arn ?? null,
        role: found.Target?.RoleArn ?? null,
        input: found.Target?.Input ?? null,
      },
      tags: tagsIn(found),
    };
  },

  async create({ aws, sleep }, resource) {
    const scheduler = await aws.scheduler();
    await assumable(sleep, () => scheduler.createSchedule(settings(resource)));
  },

  async update({ aws, sleep }, resource) {
    const scheduler = await aws.scheduler();
    await assumable(sleep, () => scheduler.updateSchedule(settings(resource)));
  },

  async remove(aws, { name }) {
    await orUndefined((await aws.scheduler()).deleteSchedule({ Name: name }), GONE);
  },
};

function settings({ name, properties, tags }: Resource) {
  return {
    Name: name,
    Description: descriptionOf(tags),
    ScheduleExpression: properties.expression as string,
    ScheduleExpressionTimezone: properties.timezone as string,
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    State: properties.state as 'ENABLED',
    Target: {
      Arn: properties.target as string,
      RoleArn: properties.role as string,
      Input: properties.input as string,
    },
  };
}

function descriptionOf(tags: Tags): string {
  const pairs = Object.entries(tags).filter(([key]) => key.startsWith('dagwright:'));
  return `Made by dagwright (${pairs.map(([key, value]) => `${key}=${value}`).join(', ')})`;
}

function tagsIn({ Description = '' }: Pick<GetScheduleOutput, 'Description'>): Tags {
  const pairs = /^Made by dagwright \((.*)\)$/.exec(Description)?.[1]?.split(', ') ?? [];
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
