import type { CreateActivityInput, CreateActivityOutput } from '@aws-sdk/client-sfn';
import { activityArn, checkName } from '../arn.ts';
import { configuration } from '../machines/configuration.ts';
import { withTags } from '../machines/tags.ts';
import { ApiError } from '../protocol/api-error.ts';
import { sameJson } from '../store/same-json.ts';
import type { Action } from '../world.ts';

/** Creates an activity; a request for the same name is taken for the same. */
export const createActivity: Action<CreateActivityInput, CreateActivityOutput> = async (input, world) => {
  const { store, account, clock } = world;
  const name = input.name as string;
  checkName(name);
  const arn = activityArn(account, name);
  const { encryptionConfiguration } = configuration(input);
  const tags = withTags([], input.tags ?? [], arn);
  const now = clock.now();
  return store.write(() => {
    const there = store.activities.get(arn);
    if (there === undefined) {
      void store.activities.put(arn, { arn, name, creationDate: now, encryptionConfiguration, tags });
    } else if (!sameJson(there.encryptionConfiguration, encryptionConfiguration)) {
      throw new ApiError(
        'ActivityAlreadyExists',
        `Activity already exists: '${arn}'. EncryptionConfiguration may not be updated.`,
      );
    }
    return { activityArn: arn, creationDate: new Date(there?.creationDate ?? now) };
  });
};
