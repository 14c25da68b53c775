import type { Resource } from '../resource.ts';
import type { Plot } from './plot.ts';

/** Tells the environment's topic of executions that failed or timed out. */
export function alarmOf({ environment, names, tags }: Plot): Resource[] {
  const topic = environment.alarms?.topic;
  if (topic === undefined) return [];
  return names.alarms.map(({ metric, name, arn }) => ({
    kind: 'alarm',
    title: 'what tells of failures',
    name,
    arn,
    properties: { metric, machine: names.machineArn, topic },
    tags,
  }));
}
