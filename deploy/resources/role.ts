import type { Json } from '../../asl/json/value.ts';
import { orUndefined } from '../../aws/errors.ts';
import type { Handler, Resource } from '../resource.ts';
import { tagList, tagsOf } from './tags.ts';

/** The one policy of a role that deploy makes stands in the role itself. */
const POLICY = 'dagwright';

/**
 * A role with one inline policy. Properties: `trust`, `policy` (none: null), `others` (its other policies: names of inline ones, ARNs of
 * attached ones; wanted are at most some of AWS's own).
 */
export const role: Handler = {
  async observe(aws, { name: RoleName }) {
    const iam = await aws.iam();
    const missing = 'NoSuchEntity';
    const [found, policy, inline, attached] = await Promise.all([
      orUndefined(iam.getRole({ RoleName }), missing, 'NoSuchEntityException'),
      orUndefined(iam.getRolePolicy({ RoleName, PolicyName: POLICY }), missing, 'NoSuchEntityException'),
      orUndefined(iam.listRolePolicies({ RoleName }), missing, 'NoSuchEntityException'),
      orUndefined(iam.listAttachedRolePolicies({ RoleName }), missing, 'NoSuchEntityException'),
    ]);
    if (found?.Role === undefined) return undefined;
    return {
      properties: {
        trust: documentOf(found.Role.AssumeRolePolicyDocument),
        policy: policy === undefined ? null : documentOf(policy.PolicyDocument),
        others: [
          ...(inline?.PolicyNames ?? []).filter((one) => one !== POLICY),
          ...(attached?.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn!),
        ].sort(),
      },
      tags: tagsOf(found.Role.Tags),
    };
  },

  async create({ aws }, resource) {
    const iam = await aws.iam();
    await iam.createRole({
      RoleName: resource.name,
      AssumeRolePolicyDocument: JSON.stringify(resource.properties.trust),
      Description: 'Made by dagwright',
      Tags: tagList(resource.tags),
    });
    if (resource.properties.policy !== null) await iam.putRolePolicy(putPolicy(resource));
    for (const PolicyArn of othersOf(resource)) await iam.attachRolePolicy({ RoleName: resource.name, PolicyArn });
  },

  async update({ aws }, resource, observed, changed) {
    const iam = await aws.iam();
    const RoleName = resource.name;
    if (changed.has('tags')) await iam.tagRole({ RoleName, Tags: tagList(resource.tags) });
    if (changed.has('trust'))
      await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: JSON.stringify(resource.properties.trust) });
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
    const gone = ['NoSuchEntity', 'NoSuchEntityException'];
    const names = [...othersOf(observed), ...(observed.properties.policy ? [POLICY] : [])];
    for (const name of names) {
      if (name.startsWith('arn:')) await orUndefined(iam.detachRolePolicy({ RoleName, PolicyArn: name }), ...gone);
      else await orUndefined(iam.deleteRolePolicy({ RoleName, PolicyName: name }), ...gone);
    }
    await orUndefined(iam.deleteRole({ RoleName }), ...gone);
  },
};

function othersOf({ properties }: Pick<Resource, 'properties'>): readonly string[] {
  return properties.others as readonly string[];
}

function putPolicy({ name, properties }: Resource) {
  return { RoleName: name, PolicyName: POLICY, PolicyDocument: JSON.stringify(properties.policy) };
}

/** IAM answers documents URL-encoded. */
function documentOf(text: string | undefined): Json {
  if (text === undefined) return null;
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text) as Json;
}
