import type { TagResourceInput, TagResourceOutput } from '@aws-sdk/client-sfn';
import { findTagged, withTags, writeTags } from '../machines/tags.ts';
import type { Action } from '../world.ts';

export const tagResource: Action<TagResourceInput, TagResourceOutput> = async (input, { store }) =>
  store.write(() => {
    const resource = findTagged(input.resourceArn as string, store);
    writeTags(resource, withTags(resource.tags, input.tags ?? [], resource.arn), store);
    return {};
  });
