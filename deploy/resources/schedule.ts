import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import { orUndefined } from '../../aws/errors.ts';
import type { Handler, Resource, Tags } from '../resource.ts';
import { assumable } from './assumable.ts';

const GONE = 'ResourceNotFoundException';

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
