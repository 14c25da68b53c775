import { orUndefined } from '../../aws/errors.ts';
import type { Handler } from '../resource.ts';
import { tagList, tagsOf } from './tags.ts';

const GONE = ['NoSuchEntity', 'NoSuchEntityException'];

/** What hands a role to EC2's machines. Properties: `role`, the role's name. */
export const instanceProfile: Handler = {
  async observe(aws, { name: InstanceProfileName }) {
    const iam = await aws.iam();
    const found = await orUndefined(iam.getInstanceProfile({ InstanceProfileName }), ...GONE);
    if (found?.InstanceProfile === undefined) return undefined;
    const { Roles = [], Tags } = found.InstanceProfile;
    return { properties: { role: Roles[0]?.RoleName ?? null }, tags: tagsOf(Tags) };
  },

  async create({ aws }, { name: InstanceProfileName, tags, properties }) {
    const iam = await aws.iam();
    await iam.createInstanceProfile({ InstanceProfileName, Tags: tagList(tags) });
    await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: properties.role as string });
  },

  async update({ aws }, { name: InstanceProfileName, tags, properties }, observed, changed) {
    const iam = await aws.iam();
    if (changed.has('tags')) await iam.tagInstanceProfile({ InstanceProfileName, Tags: tagList(tags) });
    if (!changed.has('role')) return;
    const { role } = observed.properties;
    // It holds one role at most.
    if (role !== null) await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: role as string });
    await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: properties.role as string });
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
