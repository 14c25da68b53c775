import { orUndefined } from '../../aws/errors.ts';
import { iamDocument } from '../../aws/iam-document.ts';
import type { Handler, Resource } from '../resource.ts';
import { tagList, tagsOf } from '../resource.ts';
import { onceShown } from './waits.ts';

/** The one policy of a role that deploy makes stands in the role itself. */
const POLICY = 'dagwright';
const GONE = ['NoSuchEntity', 'NoSuchEntityException'];

/**
 * A role with one inline policy. Properties: `trust`, `policy` (none: null), `others` (its other policies: names of inline ones, ARNs of
 * attached ones; wanted are at most some of AWS's own), `path`, which nobody can change, and `boundary` where one is wanted.
 */
export const role: Handler = {
  async observe(aws, { name: RoleName }) {
    const iam = await aws.iam();
    const [found, policy, inline, attached] = await Promise.all([
      orUndefined(iam.getRole({ RoleName }), ...GONE),
      orUndefined(iam.getRolePolicy({ RoleName, PolicyName: POLICY }), ...GONE),
      orUndefined(iam.listRolePolicies({ RoleName }), ...GONE),
      orUndefined(iam.listAttachedRolePolicies({ RoleName }), ...GONE),
    ]);
    if (found?.Role === undefined) return undefined;
    const boundary = found.Role.PermissionsBoundary?.PermissionsBoundaryArn;
    return {
      properties: {
        path: found.Role.Path ?? '/',
        ...(boundary !== undefined && { boundary }),
        trust: iamDocument(found.Role.AssumeRolePolicyDocument),
        policy: policy === undefined ? null : iamDocument(policy.PolicyDocument),
        others: [
          ...(inline?.PolicyNames ?? []).filter((one) => one !== POLICY),
          ...(attached?.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn!),
        ].sort(),
      },
      tags: tagsOf(found.Role.Tags),
    };
  },

  async create(context, resource) {
    const iam = await context.aws.iam();
    await iam.createRole({
      RoleName: resource.name,
      AssumeRolePolicyDocument: JSON.stringify(resource.properties.trust),
      Description: 'Made by dagwright',
      Path: resource.properties.path as string,
      ...(resource.properties.boundary !== undefined && {
        PermissionsBoundary: resource.properties.boundary as string,
      }),
      Tags: tagList(resource.tags),
    });
    const shown = (call: () => Promise<unknown>) => onceShown(context, `the role ${resource.name}`, GONE, call);
    if (resource.properties.policy !== null) await shown(() => iam.putRolePolicy(putPolicy(resource)));
    for (const PolicyArn of othersOf(resource))
      await shown(() => iam.attachRolePolicy({ RoleName: resource.name, PolicyArn }));
  },

  async update({ aws }, resource, observed, changed) {
    const iam = await aws.iam();
    const RoleName = resource.name;
    if (changed.has('tags')) await iam.tagRole({ RoleName, Tags: tagList(resource.tags) });
    if (changed.has('trust'))
      await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: JSON.stringify(resource.properties.trust) });
    if (changed.has('boundary'))
      await iam.putRolePermissionsBoundary({
        RoleName,
        PermissionsBoundary: resource.properties.boundary as string,
      });
    if (changed.has('policy')) {
      if (resource.properties.policy !== null) await iam.putRolePolicy(putPolicy(resource));
      else await iam.deleteRolePolicy({ RoleName, PolicyName: POLICY });
    }
    if (changed.has('others')) {
      const [wanted, there] = [othersOf(resource), othersOf(observed)];
      for (const PolicyArn of wanted.filter((other) => !there.includes(other)))
        await iam.attachRolePolicy({ RoleName, PolicyArn });
      for (const other of there.filter((one) => !wanted.includes(one))) {
        if (other.startsWith('arn:')) await iam.detachRolePolicy({ RoleName, PolicyArn: other });
        else await iam.deleteRolePolicy({ RoleName, PolicyName: other });
      }
    }
  },

  async remove(aws, identity) {
    const iam = await aws.iam();
    const RoleName = identity.name;
    const observed = await role.observe(aws, identity);
    if (observed === undefined) return;
    const names = [...othersOf(observed), ...(observed.properties.policy ? [POLICY] : [])];
    for (const name of names) {
      if (name.startsWith('arn:')) await orUndefined(iam.detachRolePolicy({ RoleName, PolicyArn: name }), ...GONE);
      else await orUndefined(iam.deleteRolePolicy({ RoleName, PolicyName: name }), ...GONE);
    }
    await orUndefined(iam.deleteRole({ RoleName }), ...GONE);
  },
};

function othersOf({ properties }: Pick<Resource, 'properties'>): readonly string[] {
  return properties.others as readonly string[];
}

function putPolicy({ name, properties }: Resource) {
  return { RoleName: name, PolicyName: POLICY, PolicyDocument: JSON.stringify(properties.policy) };
}

/** What hands a role to EC2's machines. Properties: `role`, the role's name. */
export const instanceProfile: Handler = {
  async observe(aws, { name: InstanceProfileName }) {
    const iam = await aws.iam();
    const found = await orUndefined(iam.getInstanceProfile({ InstanceProfileName }), ...GONE);
    if (found?.InstanceProfile === undefined) return undefined;
    const { Roles = [], Tags } = found.InstanceProfile;
    return { properties: { role: Roles[0]?.RoleName ?? null }, tags: tagsOf(Tags) };
  },

  async create(context, { name: InstanceProfileName, tags, properties }) {
    const iam = await context.aws.iam();
    await iam.createInstanceProfile({ InstanceProfileName, Tags: tagList(tags) });
    await onceShown(context, `the instance profile ${InstanceProfileName}`, GONE, () =>
      iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: properties.role as string }),
    );
  },

  async update(context, { name: InstanceProfileName, tags, properties }, observed, changed) {
    const iam = await context.aws.iam();
    if (changed.has('tags')) await iam.tagInstanceProfile({ InstanceProfileName, Tags: tagList(tags) });
    if (!changed.has('role')) return;
    const { role } = observed.properties;
    // It holds one role at most.
    if (role !== null) await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: role as string });
    await onceShown(context, `the role ${properties.role as string}`, GONE, () =>
      iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: properties.role as string }),
    );
  },

  async remove(aws, identity) {
    const iam = await aws.iam();
    const { name: InstanceProfileName } = identity;
    const role = (await instanceProfile.observe(aws, identity))?.properties.role;
    if (role != null)
      await orUndefined(iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: role as string }), ...GONE);
    await orUndefined(iam.deleteInstanceProfile({ InstanceProfileName }), ...GONE);
  },
};
