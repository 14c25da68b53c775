import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  TagResourceOutput,
  UntagResourceInput,
  UntagResourceOutput,
} from '@aws-sdk/client-sfn';
import { findTagged, withTags, writeTags } from '../machines/tags.ts';
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
