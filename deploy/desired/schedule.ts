import type { JsonObject } from '../../asl/json/value.ts';
import { ownTags } from '../../aws/names.ts';
import type { Resource } from '../resource.ts';
import { scheduleExpression } from '../schedule/expression.ts';
import { allows, type Plot, smallMachine, smallRole } from './plot.ts';
import { starterDefinition } from './starter.ts';

/** Scheduler's own word for the time at which it was due, replaced when it fires. */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

/** What starts runs by the DAG's schedule: the starter machine and the schedule that starts it. Nothing for a DAG that is started by hand. */
export function scheduleOf(plot: Plot): Resource[] {
  const { built, names, environment } = plot;
  const expression = scheduleExpression(built.manifest);
  if (expression === undefined) return [];
  const starterRole = smallRole(plot, {
    name: names.starterRole,
    title: 'the starter’s role',
    service: 'states.amazonaws.com',
    policy: allows('states:StartExecution', names.aliasArn),
  });
  const role = smallRole(plot, {
    name: names.scheduleRole,
    title: 'the schedule’s role',
    service: 'scheduler.amazonaws.com',
    policy: allows('states:StartExecution', names.starterArn),
  });
  return [
    starterRole,
    smallMachine(plot, {
      name: names.starter,
      arn: names.starterArn,
      title: 'the starter',
      definition: starterDefinition(built.manifest, names, plot.place) as unknown as JsonObject,
      role: starterRole,
    }),
    role,
    {
      kind: 'schedule',
      title: 'the schedule',
      name: names.schedule,
      arn: names.scheduleArn,
      properties: {
        expression: expression.expression,
        timezone: expression.timezone,
        state: environment.schedule === 'enabled' ? 'ENABLED' : 'DISABLED',
        target: names.starterArn,
        role: role.arn,
        input: JSON.stringify({ scheduled_time: SCHEDULED_TIME }),
      },
      // A schedule has no tags; its description says whose it is.
      tags: ownTags(built.dag, environment.name),
    },
  ];
}
