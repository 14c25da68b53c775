import type { ListTagsForResourceInput, ListTagsForResourceOutput } from '@aws-sdk/client-sfn';
import { findTagged } from '../machines/tags.ts';
import type { Action } from '../world.ts';

export const listTagsForResource: Action<ListTagsForResourceInput, ListTagsForResourceOutput> = (input, { store }) => ({
  tags: [...findTagged(input.resourceArn as string, store).tags],
});
