import { isPlaceholder } from '../../placeholders/index.ts';
import { remembered } from '../../remembered.ts';
import { formatsOf } from './actions.ts';

/** An ARN in its parts; each may hold placeholders and, in a policy, `*`. */
export interface Arn {
  readonly partition: string;
  /** `lambda`. */
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** `function:f`, `table/t`. */
  readonly resource: string;
}

/** @example readArn('arn:aws:lambda:us-east-1:1:function:f')?.resource // 'function:f' */
export function readArn(text: string): Arn | undefined {
  const [, partition, service, region, account, resource] =
    /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/s.exec(text) ?? [];
  if (resource === undefined) return undefined;
  return { partition: partition!, service: service!, region: region!, account: account!, resource };
}

/** @example arnText({ ...readArn('arn:aws:sqs:us-east-1:1:q')!, resource: 'r' }) // 'arn:aws:sqs:us-east-1:1:r' */
export function arnText({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/**
 * A part of an env value that is known when the machine is deployed, as a placeholder of its own: `${topic__account}`. Each is what stands
 * between two of a character, so that deploy, SAM (`!Select`, `!Split`) and Terraform (`split`) say the same.
 */
export const PARTS = {
  /** Of an ARN. */
  region: { between: ':', at: 3 },
  account: { between: ':', at: 4 },
  /** Of an ARN with colons behind the account: `m` of `…:stateMachine:m` and of `…:stateMachine:m:live`. */
  name: { between: ':', at: 6 },
  /** Of an ARN with a slash behind the account: `c` of `…:cluster/c`. */
  path: { between: '/', at: 1 },
  /** Of a queue's address, `https://sqs.us-east-1.amazonaws.com/111122223333/q`. */
  queue_account: { between: '/', at: 3 },
  queue_name: { between: '/', at: 4 },
} as const satisfies { readonly [part: string]: { readonly between: string; readonly at: number } };
export type Part = keyof typeof PARTS;

/** @example partPlaceholder('${machineArn}', 'name') // '${machineArn__name}' */
export function partPlaceholder(whole: string, part: Part): string {
  return `\${${whole.slice(2, -1)}__${part}}`;
}

/** The env value and the part that a placeholder's name says; undefined of any other name. */
export function readPart(name: string): { readonly of: string; readonly part: Part } | undefined {
  const [, of, part] = /^(\w+?)__(\w+)$/.exec(name) ?? [];
  return part !== undefined && Object.hasOwn(PARTS, part) ? { of: of!, part: part as Part } : undefined;
}

/** @example partIn('arn:aws:sqs:us-east-1:1:q', 'region') // 'us-east-1' */
export function partIn(value: string, part: Part): string | undefined {
  const { between, at } = PARTS[part];
  return value.split(between)[at] || undefined;
}

/**
 * The text that names a resource where a parameter takes a name or an ARN, of its ARN: `f:3` of `…:task-definition/f:3`. A resource of
 * another type may say it, too: a cluster's ARN names the cluster of its tasks. Undefined where the ARN does not say it.
 * @param format the form of the type that is asked about, `arn:${Partition}:ecs:${Region}:${Account}:task/${ClusterName}/${TaskId}`
 * @param name the placeholder in it that is asked for; undefined: the first, and all behind it
 * @param others gives the forms of the other types of the action: an ARN of one of these is no resource of this type
 */
export function nameInArn(
  arn: Arn,
  format: string,
  name: string | undefined,
  others: () => readonly string[],
): string | undefined {
  const form = readArn(format);
  if (form === undefined || arn.service !== form.service) return undefined;
  const own = saidBy(form.resource, name, arn.resource);
  if (own !== undefined || others().some((other) => saidBy(resourceIn(other), name, arn.resource) !== undefined))
    return own;
  return formatsOf(form.service)
    .map((other) => saidBy(resourceIn(other), name ?? firstIn(form.resource), arn.resource))
    .find((said) => said !== undefined);
}

/** What of a resource stands for a placeholder of its form, and all behind it. */
function saidBy(form: string, name: string | undefined, resource: string): string | undefined {
  const at = name === undefined ? form.indexOf('${') : form.indexOf(`\${${name}}`);
  return at < 0 ? undefined : behind(form.slice(0, at)).exec(resource)?.[1];
}

/** What stands behind the beginning of a form. */
const behind = remembered((beginning) => {
  const pattern = beginning.split(/\$\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^/:]+')}(.+)$`, 's');
});

function resourceIn(format: string): string {
  return readArn(format)?.resource ?? '';
}

function firstIn(form: string): string {
  return /\$\{(\w+)\}/.exec(form)?.[1] ?? '';
}

/** Whether a value stands for a whole ARN: one that is written out, or a placeholder. */
export function isWholeArn(value: string): boolean {
  return value.startsWith('arn:') || isPlaceholder(value);
}
