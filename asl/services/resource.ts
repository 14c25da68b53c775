import { placeholdersOf } from '../placeholders/index.ts';
import { remembered } from '../remembered.ts';
import type { Pattern } from './optimized.ts';

/** What a Task's Resource says. */
export type Resource =
  | { readonly kind: 'lambda' }
  | { readonly kind: 'activity' }
  | {
      readonly kind: 'integration';
      readonly sdk: boolean;
      readonly service: string;
      readonly action: string;
      readonly pattern: Pattern;
    }
  /** It holds `${…}` where it matters: what it is, is known when it is deployed. */
  | { readonly kind: 'placeholder' }
  /** A URI that is nothing to Step Functions. */
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly detail: string };

const INTEGRATION = /^(aws-sdk:)?([^:.]+):([^:.]+)(?:\.(.+))?$/;
const LAMBDA = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[\w-]+(:(\$LATEST|[\w-]+))?$/;
const ACTIVITY = /^activity:[^:]+$/;

function fixedText(text: string): string {
  let rest = text;
  for (const { start, end } of placeholdersOf(text).toReversed()) rest = rest.slice(0, start) + rest.slice(end);
  return rest;
}

/**
 * Reads an ARN as Step Functions does: a Lambda function, an activity, or `arn:aws:states:::[aws-sdk:]service:action[.pattern]`.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
 */
export const readResource: (text: string) => Resource = remembered((text): Resource => {
  const [first, ...others] = placeholdersOf(text);
  if (first !== undefined) {
    // `arn:${AWS::Partition}:`: whatever the partition is, what is called is known.
    if (fixedText(text).includes('${')) return { kind: 'broken', detail: 'a ${ has no }' };
    const partition = others.length === 0 && text.slice(0, first.start) === 'arn:' && text[first.end] === ':';
    return partition ? readResource(`arn:aws${text.slice(first.end)}`) : { kind: 'placeholder' };
  }
  if (text.includes('${')) return { kind: 'broken', detail: 'a ${ has no }' };
  if (!/^[A-Za-z][\w+.-]*:/.test(text)) return { kind: 'broken', detail: 'it is not an ARN' };
  if (!text.startsWith('arn:')) return { kind: 'other' };
  const [, , service, , , ...rest] = text.split(':');
  if (service === 'lambda')
    return LAMBDA.test(text)
      ? // Without a region or an account it names no function that AWS could find.
        { kind: /::/.test(text) ? 'other' : 'lambda' }
      : { kind: 'broken', detail: 'it is not the ARN of a Lambda function' };
  if (service !== 'states') return { kind: 'other' };
  return readStates(rest.join(':'));
});

function readStates(rest: string): Resource {
  if (ACTIVITY.test(rest)) return { kind: 'activity' };
  const parts = INTEGRATION.exec(rest);
  if (parts === null) return { kind: 'broken', detail: 'it names no service and action' };
  const [, sdk, service, action, pattern] = parts;
  return {
    kind: 'integration',
    sdk: sdk !== undefined,
    service: service!,
    action: action!,
    // Whether it exists is the validator's question.
    pattern: (pattern ?? 'request') as Pattern,
  };
}
