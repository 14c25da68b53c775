import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Environment } from '../../project/environment.ts';

/**
 * A role's policy with the leave to use the keys of one's own that buckets are encrypted with, through S3 alone: whoever reads or writes an
 * object needs it besides that for the object. Roles that do not touch S3 stay as they are.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function withKeys(
  policy: JsonObject,
  { kmsKeys = {}, region }: Pick<Environment, 'kmsKeys' | 'region'>,
): JsonObject {
  const { artifacts, buckets = [] } = kmsKeys;
  const keys = [...new Set([...(artifacts === undefined ? [] : [artifacts]), ...buckets])].sort();
  if (keys.length === 0) return policy;
  const statements = policy.Statement as readonly JsonObject[];
  if (!statements.some(({ Action }) => actions(Action).some((action) => action.startsWith('s3:')))) return policy;
  const through = {
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: keys,
    // S3's host ends otherwise in other partitions.
    Condition: { StringLike: { 'kms:ViaService': `s3.${region}.*` } },
  };
  return { ...policy, Statement: [...statements, through] };
}

/** The leave to use one key, for a service that encrypts what it keeps for the role. */
export function usesKey(key: string | undefined): JsonObject[] {
  return key === undefined ? [] : [{ Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [key] }];
}

function actions(action: Json | undefined): readonly string[] {
  return (Array.isArray(action) ? action : [action]) as readonly string[];
}
