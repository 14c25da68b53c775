import type { JsonObject } from '../../asl/json/value.ts';
import { handedRoleName, instanceProfileArn, type Names, roleArn } from '../../aws/names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Environment } from '../../project/environment.ts';
import { managedRoles } from '../../project/environment-values.ts';
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
      assumedBy: assumedBy.map((service) => ({ service })),
      policy: context.fill(policy as unknown as JsonObject),
    });
    const others = [...managedPolicies].map((arn) => String(context.fill({ arn }).arn)).sort();
    // Services that are given a role's name differ in whether they take a path.
    const properties: JsonObject = { ...role.properties, path: '/', others };
    return [
      { ...role, arn: roleArn(place, name), properties },
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
