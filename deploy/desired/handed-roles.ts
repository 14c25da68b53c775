import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { ServiceIam } from '../../asl/services/iam/index.ts';
import { handedRoleName, instanceProfileArn, type Names } from '../../aws/names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Environment } from '../../project/environment.ts';
import { managedRoles } from '../../project/environment-values.ts';
import { SERVICES } from '../../tasks/services.ts';
import type { Resource } from '../resource.ts';
import { type DesiredContext, smallRole } from './context.ts';

/** The names of the roles that are made for what the machine hands on, by their names in the DAG's env. */
export function handedRoleNames(manifest: Manifest, environment: Environment, names: Names): Record<string, string> {
  // Where the manifest does not know what a role must be allowed, it has no name here, and envValues asks for one.
  const known = managedRoles(manifest, environment).filter((name) => manifest.env[name]!.policy !== undefined);
  return Object.fromEntries(known.map((name) => [name, handedRoleName(names, name)]));
}

/**
 * The roles that the machine hands to services, to the machines of a cluster, to crawlers and jobs, where the environment says `managed`.
 * @see docs/policy.md
 */
export function handedRolesOf(context: DesiredContext): Resource[] {
  const { built, environment, names, tags, place } = context;
  return Object.entries(handedRoleNames(built.manifest, environment, names)).flatMap(([env, name]) => {
    const { assumedBy = [], instanceProfile, managedPolicies = [], policy } = built.manifest.env[env]!;
    const role = smallRole(context, {
      name,
      title: `the role ${env}`,
      service: assumedBy.length === 1 ? assumedBy[0]! : assumedBy,
      policy: context.fill(policy as unknown as JsonObject),
    });
    const others = [...managedPolicies].map((arn) => String(context.fill({ arn }).arn)).sort();
    const properties: JsonObject = { ...role.properties, others, ...trustFor(assumedBy, role.properties.trust!) };
    return [
      { ...role, properties },
      ...(instanceProfile
        ? [
            {
              kind: 'instance-profile' as const,
              title: `the instance profile ${env}`,
              name,
              arn: instanceProfileArn(place, name),
              properties: { role: name },
              tags,
            },
          ]
        : []),
    ];
  });
}

/** Some services do not say on whose behalf they assume a role: nobody can hand them a role of another account. */
function trustFor(assumedBy: readonly string[], trust: Json): { readonly trust?: Json } {
  if (!assumedBy.some((service) => NAME_NO_SOURCE.has(service))) return {};
  const { Statement, ...rest } = trust as JsonObject;
  const open = (Statement as readonly JsonObject[]).map(({ Condition: _, ...statement }) => statement);
  return { trust: { ...rest, Statement: open } };
}
const NAME_NO_SOURCE: ReadonlySet<string> = new Set(
  SERVICES.flatMap(({ iam = [] }) => iam.flatMap(({ namesNoSource = [] }: ServiceIam) => namesNoSource)),
);
