import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import type { Json } from '../../asl/json/value.ts';
import { orUndefined } from '../../aws/errors.ts';
import type { Context, Handler, Resource, Tags } from '../resource.ts';
import { tagList, tagsOf } from '../resource.ts';
import { onceShown, withRole } from './waits.ts';

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

  async create(context, resource) {
    const events = await context.aws.events();
    await events.putRule({ ...ruleOf(resource), Tags: tagList(resource.tags) });
    await putTargets(context, resource);
  },

  async update(context, resource, observed, changed) {
    const events = await context.aws.events();
    if (changed.has('tags')) await events.tagResource({ ResourceARN: resource.arn, Tags: tagList(resource.tags) });
    if (changed.has('pattern') || changed.has('state')) await events.putRule(ruleOf(resource));
    if (changed.has('target') || changed.has('role')) await putTargets(context, resource);
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

/** Some targets that are not taken are no error of the call. */
async function putTargets(context: Context, { name, properties }: Resource): Promise<void> {
  const events = await context.aws.events();
  const target = { Id: TARGET, Arn: properties.target as string, RoleArn: properties.role as string };
  await withRole(context, () =>
    onceShown(context, `the rule ${name}`, [GONE, 'ConcurrentModificationException'], async () => {
      const { FailedEntries: [failed] = [] } = await events.putTargets({ Rule: name, Targets: [target] });
      if (failed === undefined) return;
      throw Object.assign(new Error(failed.ErrorMessage ?? 'The target is not taken'), { name: failed.ErrorCode });
    }),
  );
}

/** A group of schedules, which goes with those that are in it. */
export const scheduleGroup: Handler = {
  async observe(aws, { name, arn }) {
    const scheduler = await aws.scheduler();
    const [found, tags] = await Promise.all([
      orUndefined(scheduler.getScheduleGroup({ Name: name }), GONE),
      orUndefined(scheduler.listTagsForResource({ ResourceArn: arn }), GONE),
    ]);
    if (found === undefined || found.State === 'DELETING') return undefined;
    return { properties: {}, tags: tagsOf(tags?.Tags) };
  },

  async create(context, { name, tags }) {
    const scheduler = await context.aws.scheduler();
    await scheduler.createScheduleGroup({ Name: name, Tags: tagList(tags) });
  },

  async update({ aws }, { arn, tags }) {
    await (await aws.scheduler()).tagResource({ ResourceArn: arn, Tags: tagList(tags) });
  },

  async remove(aws, { name }) {
    await orUndefined((await aws.scheduler()).deleteScheduleGroup({ Name: name }), GONE);
  },
};

/**
 * An EventBridge schedule. Properties: `expression`, `timezone`, `state`, `target`, `role`, `input`, and `kmsKey` where one is
 * wanted. Schedules have no tags, only their
 * groups have: whose it is stands in the description.
 */
export const schedule: Handler = {
  async observe(aws, { name, arn }) {
    const found = await orUndefined((await aws.scheduler()).getSchedule({ Name: name, GroupName: groupOf(arn) }), GONE);
    if (found === undefined) return undefined;
    return {
      properties: {
        expression: found.ScheduleExpression ?? '',
        timezone: found.ScheduleExpressionTimezone ?? 'UTC',
        state: found.State ?? '',
        target: found.Target?.Arn ?? null,
        role: found.Target?.RoleArn ?? null,
        input: found.Target?.Input ?? null,
        ...(found.KmsKeyArn !== undefined && { kmsKey: found.KmsKeyArn }),
      },
      tags: tagsIn(found),
    };
  },

  async create(context, resource) {
    const scheduler = await context.aws.scheduler();
    await withRole(context, () =>
      onceShown(context, `the schedule's group ${groupOf(resource.arn)}`, [GONE], () =>
        scheduler.createSchedule(settings(resource)),
      ),
    );
  },

  async update(context, resource) {
    const scheduler = await context.aws.scheduler();
    await withRole(context, () => scheduler.updateSchedule(settings(resource)));
  },

  async remove(aws, { name, arn }) {
    await orUndefined((await aws.scheduler()).deleteSchedule({ Name: name, GroupName: groupOf(arn) }), GONE);
  },
};

/** `arn:…:schedule/<group>/<name>` */
function groupOf(arn: string): string {
  return arn.split('/')[1]!;
}

function settings({ name, arn, properties, tags }: Resource) {
  return {
    Name: name,
    GroupName: groupOf(arn),
    Description: descriptionOf(tags),
    ScheduleExpression: properties.expression as string,
    ScheduleExpressionTimezone: properties.timezone as string,
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    State: properties.state as 'ENABLED',
    ...(properties.kmsKey !== undefined && { KmsKeyArn: properties.kmsKey as string }),
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
