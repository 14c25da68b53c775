import type { Json } from '../../asl/json.ts';
import { builtIn, type Permission } from '../../authoring/internal.ts';
import type { Plan } from '../3-plan/plan-graph.ts';
import type { Emission } from '../5-emit/emission.ts';
import { loweringContext } from '../5-emit/emit-machine.ts';
import { resolveStatic } from '../5-emit/resolve.ts';

/**
 * What the machine's role must be allowed, and nothing more: what the machine calls, and what services then call on its behalf.
 * Statements of one resource are one; everything is sorted.
 */
export function policyOf(emission: Emission, plan: Plan): Json {
  const merged = new Map<
    string,
    { actions: Set<string>; resources: readonly string[]; condition: Permission['condition'] }
  >();
  for (const id of emission.graph.tasks.keys()) {
    const { template } = emission.graph.tasks.get(id)!.model;
    const own = template.permissions(loweringContext(emission.graph, plan, id));
    for (const { actions, resources, condition } of [...own, ...syncPermissions(emission, id)]) {
      // What only a run decides cannot be named in a policy.
      const named = [...new Set(resources.map((resource) => resolveStatic(resource, emission.words) ?? '*'))].sort();
      const key = JSON.stringify([named, condition]);
      const statement = merged.get(key) ?? { actions: new Set(), resources: named, condition };
      for (const action of actions) statement.actions.add(action);
      merged.set(key, statement);
    }
  }
  const statements = [...merged.values()]
    .map(({ actions, resources, condition }) => ({
      Effect: 'Allow',
      Action: [...actions].sort(),
      Resource: [...resources],
      ...(condition && { Condition: condition as Json }),
    }))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return { Version: '2012-10-17', Statement: statements };
}

function key({
  Action,
  Resource,
}: {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}): string {
  return `${Action[0]} ${Resource.join(' ')}`;
}

/**
 * EMR's `.sync` integrations listen to events by managed rules.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html#emr-iam
 */
const MANAGED_RULES: { readonly [resource: string]: string } = {
  'arn:aws:states:::elasticmapreduce:addStep.sync': 'StepFunctionsGetEventForEMRAddJobFlowStepsRule',
  'arn:aws:states:::elasticmapreduce:createCluster.sync': 'StepFunctionsGetEventForEMRRunJobFlowRule',
  'arn:aws:states:::elasticmapreduce:terminateCluster.sync': 'StepFunctionsGetEventForEMRTerminateJobFlowsRule',
};

function syncPermissions(emission: Emission, id: string): Permission[] {
  return Object.values(emission.fragmentOf(id).states).flatMap(({ Resource }) => {
    const rule = typeof Resource === 'string' ? MANAGED_RULES[Resource] : undefined;
    if (!rule) return [];
    const arn = `arn:${builtIn('partition')}:events:${builtIn('region')}:${builtIn('account')}:rule/${rule}`;
    return [{ actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], resources: [arn] }];
  });
}
