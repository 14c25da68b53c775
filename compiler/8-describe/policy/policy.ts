import type { Permission } from '../../../authoring/internal.ts';
import type { PolicyDocument } from '../../../manifest/manifest.ts';
import { loweringContext } from '../../2-lower/lower.ts';
import type { Graph } from '../../3-graph/graph.ts';
import type { DeployVocabulary } from '../../6-emit/resolve.ts';
import { type CallingStates, callsOf, type TaskCalls } from './calls.ts';
import { iamActionsOf } from './iam-actions.ts';
import { literally, type PatternOf, patternOfMachine, patternOfTokens } from './parameters.ts';
import { passedRoles } from './passed-roles.ts';
import { remembered, resolved } from './resolved.ts';
import { resourcesOf } from './resources.ts';
import { policyDocument } from './statements.ts';

type Conditions = { readonly [action: string]: Permission['condition'] };

/**
 * What the machine's role must be allowed, and nothing more. Read from the states: what they call, what `.sync` needs to wait, and the
 * roles they hand on. From the templates comes what no state shows: what a service then does with the role's leave.
 *
 *     states ─▶ calls ─▶ IAM's actions ─▶ the narrowest resources ─┐
 *     templates ─▶ what services do on the machine's behalf ───────┴▶ statements
 */
export function policyOf({ model: dag, tasks }: Graph, words: DeployVocabulary): PolicyDocument {
  const patternOf = patternOfTokens(words, literally);
  const textOf = remembered(patternOfTokens(words, (text) => text));
  const permissions = [...tasks.values()].flatMap(({ model, fragment }) => {
    const { conditions = () => ({}), permissions: onBehalf } = model.template;
    const states = fragment.states as CallingStates;
    return [
      ...called(states, patternOf, resolved(conditions(), textOf)),
      ...onBehalf(loweringContext(dag, model)).map((permission) => resolved(permission, textOf)),
    ];
  });
  return policyDocument(permissions);
}

/** The same for a machine as it is written, of which no template tells more. */
export function policyOfMachine(states: CallingStates, conditions: Conditions): PolicyDocument {
  return policyDocument(called(states, patternOfMachine, conditions));
}

function called(states: CallingStates, patternOf: PatternOf, conditions: Conditions): Permission[] {
  return callsOf(states, patternOf).flatMap((task) => [...ofCalls(task, conditions), ...ofRule(task)]);
}

function ofCalls({ calls }: TaskCalls, conditions: Conditions): Permission[] {
  return calls.flatMap((call) =>
    iamActionsOf(call).flatMap((needed) => {
      const name = `${needed.prefix}:${needed.action.name}`;
      const condition = conditions[name];
      return [
        { actions: [name], resources: resourcesOf(needed), ...(condition && { condition }) },
        ...passedRoles(needed),
      ];
    }),
  );
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html */
function ofRule({ rule }: TaskCalls): Permission[] {
  if (rule === undefined) return [];
  const arn = `arn:\${partition}:events:\${region}:\${account}:rule/${rule}`;
  return [{ actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], resources: [arn] }];
}
