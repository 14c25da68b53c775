import { isError } from '../../aws/errors.ts';
import { type Patience, patiently } from '../../aws/patience.ts';
import { roleOfCall, roleRefusal } from '../../aws/propagation.ts';
import { callOf } from '../../aws/remember-call.ts';

/** How long IAM may take to spread a role or its policy. Others who deploy wait as long: Terraform two minutes, five for a new machine. */
const SPREAD_MS = 150_000;
export const NEW_MACHINE_MS = 300_000;
/** How long a service may take to show what was just written to it. */
const SHOWN_MS = 60_000;

/**
 * A call that hands a role to a service: repeated while the service does not see the role yet, or not all of its policy, after it was made as
 * well as after it was changed. What the caller may not do is final at once.
 */
export function withRole<T>(
  patience: Patience,
  call: () => Promise<T>,
  {
    mostMs = SPREAD_MS,
    until = () => undefined,
  }: { mostMs?: number; until?: (error: unknown) => string | undefined } = {},
): Promise<T> {
  return patiently(patience, { mostMs, until: (error) => spreadOf(error) ?? until(error) }, call);
}

function spreadOf(error: unknown): string | undefined {
  const refusal = roleRefusal(error);
  if (refusal === undefined) return undefined;
  const arn = refusal.role ?? roleOfCall(callOf(error)?.input) ?? '';
  return `IAM has spread the role ${arn.slice(arn.lastIndexOf('/') + 1)}: ${refusal.what} yet`;
}

/** A call on something that was just written: repeated while the service answers that it is not there, or that it is still at work on it. */
export function onceShown<T>(
  patience: Patience,
  what: string,
  errors: readonly string[],
  call: () => Promise<T>,
): Promise<T> {
  const until = (error: unknown) => (isError(error, ...errors) ? `AWS shows ${what}` : undefined);
  return patiently(patience, { mostMs: SHOWN_MS, until }, call);
}
