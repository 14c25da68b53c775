import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  TagResourceOutput,
  UntagResourceInput,
  UntagResourceOutput,
} from '@aws-sdk/client-sfn';
import { readArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { ActivityRecord, MachineRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Action } from '../world.ts';

export const tagResource: Action<TagResourceInput, TagResourceOutput> = async (input, { store }) =>
  store.write(() => {
    const resource = findTagged(input.resourceArn as string, store);
    writeTags(resource, withTags(resource.tags, input.tags ?? [], resource.arn), store);
    return {};
  });

export const untagResource: Action<UntagResourceInput, UntagResourceOutput> = async (input, { store }) =>
  store.write(() => {
    const resource = findTagged(input.resourceArn as string, store);
    const gone = new Set(input.tagKeys);
    writeTags(
      resource,
      resource.tags.filter(({ key }) => key === undefined || !gone.has(key)),
      store,
    );
    return {};
  });

export const listTagsForResource: Action<ListTagsForResourceInput, ListTagsForResourceOutput> = (input, { store }) => ({
  tags: [...findTagged(input.resourceArn as string, store).tags],
});

/** Tags of one resource. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST = 50;

/** Tags over those that were there; a later one of the same key goes before. @throws ApiError TooManyTags */
export function withTags(before: readonly Tag[], given: readonly Tag[], arn: string): Tag[] {
  const all = new Map(before.map((tag) => [tag.key, tag]));
  for (const { key, value } of given) all.set(key, { key, value: value ?? '' });
  if (all.size <= MOST) return [...all.values()];
  throw new ApiError('TooManyTags', `Too many tags: '${arn}'`, { resourceName: arn });
}

/** Whatever can have tags. @throws ApiError InvalidArn, ResourceNotFound */
function findTagged(arn: string, store: Store): MachineRecord | ActivityRecord {
  const named = readArn(arn, 'stateMachine', 'activity');
  const found = named.kind === 'activity' ? store.activities.get(arn) : store.machines.get(arn);
  if (found !== undefined) return found;
  throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
}

function writeTags(resource: MachineRecord | ActivityRecord, tags: readonly Tag[], store: Store): void {
  if ('revision' in resource) void store.machines.put(resource.arn, { ...resource, tags });
  else void store.activities.put(resource.arn, { ...resource, tags });
}
