import { fillText, isPlaceholder, placeholderNames } from '../../asl/placeholders/index.ts';
import { readPart } from '../../asl/services/iam/index.ts';
import type { Values } from './placeholders.ts';
import { type PolicyText, statementsIn } from './policies.ts';
import type { Place } from './requests.ts';

/**
 * ARNs that stand for placeholders of which nothing is known but that a policy takes them for ARNs: where one is a whole resource, or gives
 * its parts to one (`${machineArn__name}`). A name would stand for none of a call's resources.
 * @example standIns(policy, place) // { topic: 'arn:aws:sns:us-east-1:123456789012:topic' }
 */
export function standIns(policy: PolicyText, place: Place): Values {
  const found: Record<string, string> = {};
  for (const { statement } of statementsIn({ identity: [{ name: 'policy', policy }] }))
    for (const resource of [statement.Resource ?? []].flat()) {
      const { partition, region, account } = place;
      if (isPlaceholder(resource)) {
        const name = resource.slice(2, -1);
        const service = [statement.Action ?? []].flat()[0]?.split(':')[0] ?? '';
        // IAM's resources are in no region; the one that a policy takes whole is a role that is passed on.
        const place = service === 'iam' ? `:${account}:role/` : `${region}:${account}:`;
        found[name] ??= `arn:${partition}:${service}:${place}${name}`;
        continue;
      }
      const parts = placeholderNames(resource).flatMap((name) => readPart(name) ?? []);
      for (const { of, part } of parts) {
        if (part.startsWith('queue')) found[of] ??= `https://sqs.${region}.amazonaws.com/${account}/${of}`;
        const filled = fillText(resource, { ...place, ...partsOf(of, place) });
        // An execution's resource ends with any of them, the machine's own with its name.
        if (!filled.includes('*') && !filled.includes('${')) found[of] ??= filled;
      }
    }
  return found;
}

function partsOf(of: string, { partition, region, account }: Place): Values {
  return {
    [`${of}__partition`]: partition,
    [`${of}__region`]: region,
    [`${of}__account`]: account,
    [`${of}__name`]: of,
  };
}
