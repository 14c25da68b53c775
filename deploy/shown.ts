import type { Clients } from '../aws/clients.ts';
import type { Patience } from '../aws/patience.ts';
import type { DeployRecord } from './current-state.ts';
import { fingerprints } from './diff/differences.ts';
import type { Observed, Resource } from './resource.ts';
import { HANDLERS } from './resources/handlers.ts';

/** How long after a deploy reads may answer what was there before it. */
const FRESH_MS = 120_000;
/** What is not as the last deploy left it after this, in milliseconds, was changed by somebody. */
const LOOKS = [500, 1000, 2000, 3000];

export interface Looking extends Patience {
  readonly now: () => Date;
}

/**
 * What was observed, as soon as it is what a deploy left a moment ago: AWS's reads are eventually consistent, and a plan that is made of what
 * was there before would find nothing to do, or undo what was done. The record, in S3, is not: it says what is to be seen.
 */
export async function shown(
  aws: Clients,
  record: DeployRecord | undefined,
  resources: readonly Resource[],
  observed: ReadonlyMap<string, Observed>,
  { sleep, now }: Looking,
): Promise<ReadonlyMap<string, Observed>> {
  // What a killed deploy left nobody knows; what happened long ago is seen by now.
  if (record === undefined || record.pending !== undefined || !isFresh(record, now())) return observed;
  const made = new Set(record.resources.map(({ arn }) => arn));
  const found = new Map(observed);
  const stale = (): Resource[] =>
    resources.filter((resource) => made.has(resource.arn) && !isAsLeft(resource, found.get(resource.arn), record));
  for (const wait of LOOKS) {
    const left = stale();
    if (left.length === 0) break;
    await sleep(wait);
    for (const resource of left) {
      const again = await HANDLERS[resource.kind].observe(aws, resource);
      if (again === undefined) found.delete(resource.arn);
      else found.set(resource.arn, again);
    }
  }
  return found;
}

/** Whether a deploy or a rollback ended a moment ago. */
export function isFresh({ deploys }: DeployRecord, now: Date): boolean {
  const last = deploys.at(-1);
  return last !== undefined && Math.abs(now.getTime() - Date.parse(last.at)) <= FRESH_MS;
}

function isAsLeft({ kind, arn }: Resource, now: Observed | undefined, { applied, deploys }: DeployRecord): boolean {
  if (now === undefined) return false;
  if (kind === 'alias') return now.properties.content === deploys.at(-1)!.content;
  if (kind !== 'machine' || applied[arn] === undefined) return true;
  const present = fingerprints(kind, now.properties);
  return Object.entries(applied[arn]).every(([key, value]) => present[key] === value);
}
