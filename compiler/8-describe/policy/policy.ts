import { remembered } from '../../../asl/remembered.ts';
import {
  type Condition,
  conditionOf,
  iamActionsOf,
  type NeededAction,
  neededForAnswers,
  passedRoles,
  resourcesOf,
  type TaskCalls,
} from '../../../asl/services/iam/index.ts';
import type { Permission } from '../../../authoring/internal.ts';
import type { PolicyDocument } from '../../../manifest/manifest.ts';
import { SERVICES_IAM } from '../../../tasks/services.ts';
import { jobsIn } from '../../2-lower/given-up-jobs.ts';
import { loweringContext } from '../../2-lower/lower.ts';
import type { Graph } from '../../3-graph/graph.ts';
import type { DeployVocabulary } from '../../6-emit/resolve.ts';
import {
  type CallingStates,
  callsOf,
  literally,
  parametersIn,
  patternOfMachine,
  patternOfTokens,
  resolved,
} from './calls.ts';

type Conditions = { readonly [action: string]: Permission['condition'] };

/**
 * What the machine's role must be allowed, and nothing more. Read from the states: what they call, what `.sync` needs to wait, and the
 * roles they hand on. From the templates comes what no state shows: what a service then does with the role's leave.
 *
 *     states ─▶ calls ─▶ IAM's actions ─▶ the narrowest resources ─┐
 *     templates ─▶ what services do on the machine's behalf ───────┴▶ statements
 */
export function policyOf(tasks: TaskPermissions): PolicyDocument {
  return policyDocument([...tasks.values()].flatMap(({ called, said }) => [...called, ...said]));
}

/** By the task's id: what its states call, and what it must be allowed for that. */
export type TaskPermissions = ReadonlyMap<
  string,
  {
    /** The actions of its calls. */
    readonly needed: readonly NeededAction[];
    /** For what its states call. */
    readonly called: readonly Permission[];
    /** For what services then do on its behalf, as its template says it. */
    readonly said: readonly Permission[];
  }
>;

/** Reads the calls of every task; what is wrong with them, and the policy, come from the same reading. */
export function taskPermissions({ model: dag, tasks }: Graph, words: DeployVocabulary): TaskPermissions {
  const patternOf = remembered(patternOfTokens(words, literally));
  const textOf = remembered(patternOfTokens(words, (text) => text));
  const read = [...tasks].map(([id, { model, fragment }]) => {
    const { conditions = () => ({}), permissions: onBehalf } = model.template;
    const calls = callsOf(fragment.states as CallingStates, patternOf);
    const needed = calls.map((task) => task.calls.flatMap(iamActionsOf));
    const under = resolved(conditions(), textOf);
    const permissions = {
      needed: needed.flat(),
      called: calls.flatMap((task, at) => [...ofCalls(needed[at]!, under), ...ofRule(task)]),
      said: onBehalf(loweringContext(dag, model)).map((permission) => resolved(permission, textOf)),
    };
    return [id, permissions] as const;
  });
  return new Map(read);
}

/** What a machine needs that no template describes: its states alone are known. */
export function permissionsOfMachine(states: CallingStates, conditions: Conditions): Permission[] {
  return callsOf(states, patternOfMachine).flatMap((task) => [
    ...ofCalls(task.calls.flatMap(iamActionsOf), conditions),
    ...ofRule(task),
  ]);
}

/** What whoever ends the tasks' jobs needs: to ask after those that the machine may start, and to end them, under its own conditions. */
export function permissionsOnJobs({ tasks }: Graph, words: DeployVocabulary): Permission[] {
  const patternOf = patternOfTokens(words, literally);
  const textOf = remembered(patternOfTokens(words, (text) => text));
  return [...tasks.values()].flatMap(({ model, fragment }) => {
    const conditions = resolved(model.template.conditions?.() ?? {}, textOf);
    return jobsIn(fragment).flatMap(({ state, job }) => {
      const parameters = parametersIn(state.Arguments, patternOf);
      const calls = [job.asks, job.ends].map(({ call }) => {
        const [service, action] = call.split(':') as [string, string];
        return { service, action, parameters };
      });
      return calls.flatMap((call) => iamActionsOf(call).map((needed) => allowedCall(needed, conditions)));
    });
  });
}

function ofCalls(actions: readonly NeededAction[], conditions: Conditions): Permission[] {
  return actions.flatMap((needed) => [
    allowedCall(needed, conditions),
    ...neededForAnswers(needed).map((one) => allowedCall(one, {})),
    ...handedOn(needed),
  ]);
}

function allowedCall(needed: NeededAction, conditions: Conditions): Permission {
  const name = `${needed.prefix}:${needed.action.name}`;
  const condition = bothOf(conditions[name], conditionOf(needed));
  return { actions: [name], resources: resourcesOf(needed, SERVICES_IAM), ...(condition && { condition }) };
}

/** Both must hold: their keys differ. */
function bothOf(a: Condition | undefined, b: Condition | undefined): Condition | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Object.fromEntries(
    [...Object.keys(a), ...Object.keys(b)].map((operator) => [operator, { ...a[operator], ...b[operator] }]),
  );
}

/** Leave to hand the roles that a call names to the service that assumes them, and to no other. */
function handedOn(needed: NeededAction): Permission[] {
  return passedRoles(needed, SERVICES_IAM).map(({ role, service }) => ({
    actions: ['iam:PassRole'],
    resources: [role],
    condition: { StringEquals: { 'iam:PassedToService': service } },
  }));
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html */
function ofRule({ rule }: TaskCalls): Permission[] {
  if (rule === undefined) return [];
  const arn = `arn:\${partition}:events:\${region}:\${account}:rule/${rule}`;
  return [{ actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], resources: [arn] }];
}

/**
 * A policy that allows what the permissions say, each action on each of its resources under its condition, and nothing more. Actions on
 * the same resources stand together, as do the resources and the values of a condition of the same actions; everything is sorted.
 */
export function policyDocument(permissions: Iterable<Permission>): PolicyDocument {
  let grants: Grant[] = [...permissions].flatMap(({ actions, resources, condition = {} }) =>
    [...new Set(actions)].map((action) => ({
      actions: [action],
      resources: [...new Set(resources)].sort(),
      condition,
    })),
  );
  // The steps of a task, and the tasks of a DAG, say much alike.
  grants = [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()];
  const free = grants.filter(isUnconditional);
  grants = grants.filter((grant) => isUnconditional(grant) || !free.some((other) => allowsAnyway(other, grant)));
  // Each step joins what differs in one part only: what is allowed stays the same.
  grants = joined(grants, ({ actions, condition }) => [actions, condition], withResources);
  grants = joined(grants, ({ actions, resources, condition }) => [actions, resources, shapeOf(condition)], withValues);
  grants = joined(grants, ({ resources, condition }) => [resources, condition], withActions);
  const statements = grants.map(({ actions, resources, condition }) => ({
    Effect: 'Allow' as const,
    Action: actions,
    Resource: resources,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }));
  return { Version: '2012-10-17', Statement: statements.sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: NonNullable<Permission['condition']>;
}

function isUnconditional({ condition }: Grant): boolean {
  return Object.keys(condition).length === 0;
}

/** Whether what is allowed under a condition is allowed without one. */
function allowsAnyway({ actions, resources }: Grant, other: Grant): boolean {
  return actions[0] === other.actions[0] && other.resources.every((one) => resources.includes(one));
}

function joined(
  grants: readonly Grant[],
  same: (grant: Grant) => unknown,
  join: (alike: readonly Grant[], first: Grant) => Partial<Grant>,
): Grant[] {
  const groups = new Map<string, Grant[]>();
  for (const grant of grants) {
    const name = JSON.stringify(same(grant));
    const group = groups.get(name);
    if (group) group.push(grant);
    else groups.set(name, [grant]);
  }
  return [...groups.values()].map((alike) => ({ ...alike[0]!, ...join(alike, alike[0]!) }));
}

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();

function withResources(alike: readonly Grant[]): Partial<Grant> {
  const resources = union(alike.map((grant) => grant.resources));
  return { resources: resources.includes('*') ? ['*'] : resources };
}

function withActions(alike: readonly Grant[]): Partial<Grant> {
  return { actions: union(alike.map((grant) => grant.actions)) };
}

/** A condition without the values of `s3:prefix`, of which one is enough. */
function shapeOf({ StringLike = {}, ...others }: Grant['condition']): unknown {
  const { [PREFIX]: values, ...like } = StringLike;
  return [others, like, values !== undefined];
}
const PREFIX = 's3:prefix';

function withValues(alike: readonly Grant[], { condition }: Grant): Partial<Grant> {
  const values = union(alike.map((grant) => [grant.condition.StringLike?.[PREFIX] ?? []].flat()));
  if (values.length === 0) return {};
  return { condition: { ...condition, StringLike: { ...condition.StringLike, [PREFIX]: values } } };
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
