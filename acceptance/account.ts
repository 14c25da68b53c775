import { type Caller, callerOf } from '../aws/caller.ts';
import { type Clients, createClients } from '../aws/clients.ts';
import { awsDiagnostic, statusOf } from '../aws/errors.ts';
import { KNOWN_REGIONS } from '../aws/regions.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { looksLikeRegion } from './regions.ts';

/** Where the suite works: an account in a region, and a bucket of the user's in it. */
export interface Account {
  readonly clients: Clients;
  readonly caller: Caller;
  readonly region: string;
  readonly bucket: string;
  /** Whether it is AWS that answers, and not an endpoint of the user's own. */
  readonly isAws: boolean;
}

export interface AccountOptions {
  readonly region: string;
  readonly bucket: string;
}

/**
 * Asks who the caller is and looks at the bucket; nothing is changed.
 * @throws Stop without credentials, for a region that is none, and for a bucket that is missing, somebody else's or of another region
 */
export async function openAccount({ region, bucket }: AccountOptions): Promise<Account> {
  if (!looksLikeRegion(region)) throw noRegion(region);
  const clients = createClients({ region });
  try {
    const caller = await callerOf(clients, { name: 'acceptance', region });
    await checkBucket(clients, caller, { region, bucket });
    return { clients, caller, region, bucket, isAws: !hasOwnEndpoint(process.env) };
  } catch (error) {
    clients.destroy();
    const said = awsDiagnostic(error);
    if (said?.code === 'AWS005' && !KNOWN_REGIONS.includes(region)) throw noRegion(region);
    if (said !== undefined) throw new Stop(said, 3);
    throw error;
  }
}

/** Whether the SDK's clients are told to ask another endpoint than AWS. */
export function hasOwnEndpoint(env: NodeJS.ProcessEnv): boolean {
  return Object.keys(env).some((name) => name.startsWith('AWS_ENDPOINT_URL') && env[name] !== '');
}

function noRegion(region: string): Stop {
  return new Stop(diagnose('ACC006', { region, known: KNOWN_REGIONS }));
}

async function checkBucket(clients: Clients, { account }: Caller, { region, bucket }: AccountOptions): Promise<void> {
  const s3 = await clients.s3();
  const refuse = (what: string) => new Stop(diagnose('ACC005', { bucket, what, region }));
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw refuse('has no name that a bucket can have');
  try {
    const { BucketRegion } = await s3.headBucket({ Bucket: bucket, ExpectedBucketOwner: account });
    if (BucketRegion !== undefined && BucketRegion !== region) throw refuse(`is in ${BucketRegion}`);
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) throw refuse('does not exist');
    if (status === 403) throw refuse('is of another account, or may not be listed by the caller');
    if (status === 301 || status === 400) {
      const headers = (error as { $response?: { headers?: Readonly<Record<string, string>> } }).$response?.headers;
      throw refuse(`is in ${headers?.['x-amz-bucket-region'] ?? 'another region'}`);
    }
    throw error;
  }
}
