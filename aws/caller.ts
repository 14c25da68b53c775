import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Clients } from './clients.ts';
import type { Place } from './names.ts';

/** Whose credentials they are. */
export interface Caller extends Place {
  readonly arn: string;
}

/**
 * Asks STS who the caller is, before anything else is asked of AWS.
 * @throws Stop if the environment is of another account
 */
export async function callerOf(
  clients: Clients,
  environment: { readonly name: string; readonly region: string; readonly account?: string },
): Promise<Caller> {
  const { Account: account = '', Arn: arn = '' } = await (await clients.sts()).getCallerIdentity({});
  const { name, region, account: expected } = environment;
  if (expected !== undefined && expected !== account)
    throw new Stop(diagnose('AWS003', { environment: name, expected, actual: account, caller: arn }));
  const partition = arn.split(':')[1] || 'aws';
  clients.known.partition = partition;
  return { partition, region, account, arn };
}
