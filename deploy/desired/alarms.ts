import type { JsonObject } from '../../asl/json/value.ts';
import type { AlarmName, Names } from '../../aws/names.ts';
import type { Resource } from '../resource.ts';
import type { DesiredContext } from './context.ts';

/**
 * Tells the environment's topic of runs that failed or timed out, and of what starts and ends runs on its own: without an alarm nobody hears
 * of a starter or a cleanup that was refused.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function alarmsOf({ environment, names, tags }: DesiredContext, made: readonly Resource[]): Resource[] {
  const topic = environment.alarms?.topic;
  if (topic === undefined) return [];
  const watched = names.alarms.filter(({ of }) => made.some(({ arn }) => arn === WATCHED[of].made(names)));
  return watched.map(({ of, metric, name, arn }) => ({
    kind: 'alarm',
    title: WATCHED[of].title,
    name,
    arn,
    properties: { ...WATCHED[of].counted(names), metric, topic },
    tags,
  }));
}

interface Watched {
  readonly title: string;
  /** The ARN of what is watched. */
  readonly made: (names: Names) => string;
  /** Where its metrics are counted. */
  readonly counted: (names: Names) => JsonObject;
}

const executionsOf = (machineArn: string): JsonObject => ({
  namespace: 'AWS/States',
  dimension: 'StateMachineArn',
  value: machineArn,
});

const WATCHED: Readonly<Record<AlarmName['of'], Watched>> = {
  machine: {
    title: 'what tells of failures',
    made: (names) => names.machineArn,
    counted: (names) => executionsOf(names.machineArn),
  },
  starter: {
    title: 'what tells of runs that were not started',
    made: (names) => names.starterArn,
    counted: (names) => executionsOf(names.starterArn),
  },
  schedule: {
    title: 'what tells of a schedule that starts nothing',
    made: (names) => names.scheduleGroupArn,
    counted: (names) => ({ namespace: 'AWS/Scheduler', dimension: 'ScheduleGroup', value: names.scheduleGroup }),
  },
  cleanup: {
    title: 'what tells of a cleanup that failed',
    made: (names) => names.cleanupArn,
    counted: (names) => executionsOf(names.cleanupArn),
  },
  rule: {
    title: 'what tells of a cleanup that was not started',
    made: (names) => names.cleanupRuleArn,
    counted: (names) => ({ namespace: 'AWS/Events', dimension: 'RuleName', value: names.cleanupRule }),
  },
};
