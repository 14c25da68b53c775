import type { Resource } from '../resource.ts';
import { type DesiredContext, smallMachine, smallRole, starts, statesOf } from './context.ts';

/**
 * What ends the things that an execution left behind: a small machine, and the rule that starts it at every end. No state can catch that an
 * execution is aborted or times out; one that fails may have failed beside its teardowns, and one that succeeds with a teardown that did not.
 * The event names the machine without a version, whatever was started.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function cleanupOf(context: DesiredContext): Resource[] {
  const { built, names, tags, fill } = context;
  if (built.cleanup === undefined) return [];
  const role = smallRole(context, {
    name: names.cleanupRole,
    title: 'the cleanup machine’s role',
    assumedBy: statesOf(context.place),
    policy: fill(built.cleanup.policy),
  });
  const ruleRole = smallRole(context, {
    name: names.cleanupRuleRole,
    title: 'the cleanup rule’s role',
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
    assumedBy: [{ service: 'events.amazonaws.com', source: names.cleanupRuleArn }],
    policy: starts(names.cleanupArn),
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
          detail: { status: ENDS, stateMachineArn: [names.machineArn] },
        },
        state: 'ENABLED',
        target: names.cleanupArn,
        role: ruleRole.arn,
      },
      tags,
    },
  ];
}

const ENDS = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
