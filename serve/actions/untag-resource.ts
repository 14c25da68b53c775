import type { UntagResourceInput, UntagResourceOutput } from '@aws-sdk/client-sfn';
import { findTagged, writeTags } from '../machines/tags.ts';
import type { Action } from '../world.ts';

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
