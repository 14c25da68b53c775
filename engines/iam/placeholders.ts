import { fillPlaceholders, placeholderNames } from '../../asl/placeholders/index.ts';
import { fillPolicy, readPart } from '../../asl/services/iam/index.ts';

/** What placeholders stand for. */
export type Values = { readonly [name: string]: string };

/**
 * Arguments with their placeholders filled in, so that they and policies can be held against each other: one that nothing is known of
 * stands for its own name.
 */
export function filledIn<T>(document: T, values: Values): T {
  const own = namesIn(document, values);
  return own === undefined ? document : fillPlaceholders(document, { ...own, ...values });
}

/** A policy likewise, as deploy fills it. IAM's variables, `${aws:username}`, are no placeholders. */
export function filledPolicy<T>(policy: T, values: Values): T {
  const own = namesIn(policy, values);
  return own === undefined ? policy : fillPolicy(policy, { ...own, ...values });
}

/** What the placeholders of a document stand for. */
export function valuesIn(document: unknown, values: Values): Values {
  return { ...namesIn(document, values), ...values };
}

function namesIn(document: unknown, values: Values): Values | undefined {
  const text = JSON.stringify(document) ?? '';
  if (!text.includes('${')) return undefined;
  // A part of a value is known where the value is.
  const whole = placeholderNames(text).filter((name) => readPart(name) === undefined);
  return Object.fromEntries(whole.map((name) => [name, standIn(name, values)]));
}

/** A function that is published with the machine is called after it, and its calls name a version. */
function standIn(name: string, { machine = 'machine' }: Values): string {
  const own = /^function_(\w+)$/.exec(name)?.[1];
  return own === undefined ? name : `${machine}_${own}:1`;
}
