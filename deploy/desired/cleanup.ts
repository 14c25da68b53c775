import type { Resource } from '../resource.ts';
import { allows, type DesiredContext, smallMachine, smallRole } from './context.ts';

/**
 * What ends an execution's clusters when it was aborted or timed out, which no state of it can catch: a small machine, and the rule that
 * starts it.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function cleanupOf(context: DesiredContext): Resource[] {
  const { built, names, tags, fill } = context;
  if (built.cleanup === undefined) return [];
  const role = smallRole(context, {
    name: names.cleanupRole,
    title: 'the cleanup machine’s role',
    service: 'states.amazonaws.com',
    policy: fill(built.cleanup.policy),
  });
  const ruleRole = smallRole(context, {
    name: names.cleanupRuleRole,
    title: 'the cleanup rule’s role',
    service: 'events.amazonaws.com',
    policy: allows('states:StartExecution', names.cleanupArn),
  });
  return [
    role,
    smallMachine(context, {
      name: names.cleanup,
      arn: names.cleanupArn,
      title: 'the cleanup machine',
      definition: fill(built.cleanup.machine),
      role,
    }),
    ruleRole,
    {
      kind: 'rule',
      title: 'what starts the cleanup',
      name: names.cleanupRule,
      arn: names.cleanupRuleArn,
      properties: {
        pattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: { status: ['ABORTED', 'TIMED_OUT'], stateMachineArn: [names.machineArn] },
        },
        state: 'ENABLED',
        target: names.cleanupArn,
        role: ruleRole.arn,
      },
      tags,
    },
  ];
}
