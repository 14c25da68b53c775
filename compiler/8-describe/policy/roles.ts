import { placeholder } from '../../../asl/placeholders/index.ts';
import { remembered } from '../../../asl/remembered.ts';
import type { Permission, RoleNeeds } from '../../../authoring/internal.ts';
import type { EnvDeclaration, PolicyDocument } from '../../../manifest/manifest.ts';
import { loweringContext } from '../../2-lower/lower.ts';
import type { Graph } from '../../3-graph/graph.ts';
import type { DeployVocabulary } from '../../6-emit/resolve.ts';
import { patternOfTokens, resolved } from './calls.ts';
import { policyDocument } from './policy.ts';

/** What a declared role is handed on for, and what it needs. */
export type HandedRole = Pick<EnvDeclaration, 'assumedBy' | 'instanceProfile' | 'managedPolicies' | 'policy'>;

/**
 * The DAG's declared roles, by name, as far as something is known about them. Who assumes a role is read from the machine's policy, which
 * allows passing it to nobody else; the permissions that a role needs are those that the templates declare.
 */
export function rolesOf(graph: Graph, words: DeployVocabulary, policy: PolicyDocument): Map<string, HandedRole> {
  const needs = needsByRole(graph, words);
  const declared = Object.entries(graph.model.env).filter(([, { kind }]) => kind === 'role');
  return new Map(
    declared.map(([name]) => {
      const own = needs.get(placeholder(name)) ?? [];
      const assumedBy = [
        ...new Set([...assumedByOf(policy, name), ...own.flatMap((one) => one.assumedBy ?? [])]),
      ].sort();
      const managed = own.flatMap(({ managedPolicies = [] }) => managedPolicies);
      return [
        name,
        {
          ...(assumedBy.length > 0 && { assumedBy }),
          ...(assumedBy.includes('ec2.amazonaws.com') && { instanceProfile: true as const }),
          ...(managed.length > 0 && { managedPolicies: [...new Set(managed.map(arnOfManaged))].sort() }),
          ...(own.length > 0 && { policy: policyDocument(own.flatMap(({ permissions }) => permissions)) }),
        },
      ];
    }),
  );
}

/** By the role's name in the machine; the needs of a task that borrows a role count for the role of the lender. */
function needsByRole({ model: dag, tasks: placed }: Graph, words: DeployVocabulary): Map<string, RoleNeeds[]> {
  const textOf = remembered(patternOfTokens(words, (text) => text));
  const tasks = [...placed].map(([id, { model }]) => {
    const needs = model.template.roles?.(loweringContext(dag, model)) ?? [];
    return { id, needs: needs.map((need) => withKnownBuckets(resolved(need, textOf))) };
  });
  const lent = new Map(tasks.map(({ id, needs }) => [id, needs.find(({ lends }) => lends)?.role]));
  const byRole = new Map<string, RoleNeeds[]>();
  for (const need of tasks.flatMap(({ needs }) => needs)) {
    const role = typeof need.role === 'string' ? need.role : lent.get(need.role.lentBy);
    if (typeof role === 'string') byRole.set(role, [...(byRole.get(role) ?? []), need]);
  }
  return byRole;
}

/** A bucket that only a run knows would be every bucket. */
function withKnownBuckets(need: RoleNeeds): RoleNeeds {
  const known = ({ resources, ...rest }: Permission) => ({
    ...rest,
    resources: resources.filter((arn) => !/^arn:[^:]*:s3:::\*/.test(arn)),
  });
  return { ...need, permissions: need.permissions.map(known).filter(({ resources }) => resources.length > 0) };
}

function assumedByOf({ Statement }: PolicyDocument, name: string): string[] {
  const services = Statement.filter(
    ({ Action, Resource }) =>
      Action.includes('iam:PassRole') &&
      Resource.some((arn) => arn === placeholder(name) || arn.endsWith(`:role/${placeholder(name)}`)),
  ).flatMap(({ Condition }) => Condition?.StringEquals?.['iam:PassedToService'] ?? []);
  return services;
}

function arnOfManaged(path: string): string {
  return `arn:\${partition}:iam::aws:policy/${path}`;
}
