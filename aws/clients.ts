import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { S3 } from '@aws-sdk/client-s3';
import type { Scheduler } from '@aws-sdk/client-scheduler';
import type { SFN } from '@aws-sdk/client-sfn';
import type { STS } from '@aws-sdk/client-sts';
import { needPackages } from '../project/packages.ts';
import { type ClientName, type KnownCaller, rememberCalls } from './remember-call.ts';

/**
 * The services of one region, each made when it is first asked for: an SDK client takes 100 ms to load. All honour AWS_ENDPOINT_URL and
 * AWS_ENDPOINT_URL_<SERVICE>, profiles and the SDK's default credential chain. An error of a call knows the call (remember-call.ts).
 */
export interface Clients {
  readonly region: string;
  /** What messages name of the caller; callerOf fills it in. */
  readonly known: KnownCaller;
  readonly s3: () => Promise<S3>;
  readonly iam: () => Promise<IAM>;
  readonly sts: () => Promise<STS>;
  readonly sfn: () => Promise<SFN>;
  readonly scheduler: () => Promise<Scheduler>;
  readonly events: () => Promise<EventBridge>;
  readonly logs: () => Promise<CloudWatchLogs>;
  readonly cloudwatch: () => Promise<CloudWatch>;
  /** A client of another service, made when first asked for; its package is an optional one. */
  readonly of: <T extends Client>(
    client: ClientName & { readonly package: string },
    make: (config: ClientConfig) => Promise<T>,
  ) => Promise<T>;
  /** Closes the connections of those that were made. */
  readonly destroy: () => void;
}

/**
 * Whether two services are asked at the same place: both at AWS, or both at a server of one's own. With `AWS_ENDPOINT_URL_SFN` alone only
 * Step Functions is local, and what AWS knows of other accounts is none of its business.
 */
export function oneEndpoint(one: 'SFN' | 'S3' | 'STS', other: 'SFN' | 'S3' | 'STS'): boolean {
  const isOwn = (service: string) =>
    (process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL) !== undefined;
  return isOwn(one) === isOwn(other);
}

type Client = Parameters<typeof rememberCalls>[0] & { destroy(): void };

/** How every client is made. */
export interface ClientConfig {
  readonly region: string;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly requestHandler: object;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface ClientOptions {
  readonly region: string;
  /** Packages that the command needs besides those that every command on AWS does. */
  readonly packages?: readonly string[];
  /** How long an answer may take. Default: a minute. */
  readonly requestTimeoutMs?: number;
  /** Default: the SDK's chain of providers. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How often a call is tried where the error is one to retry. Default: 5, with the SDK's growing delays. */
  readonly maxAttempts?: number;
}

/** All of them are asked for at once: no command shall end halfway for want of one. */
const PACKAGES = ['cloudwatch', 'cloudwatch-logs', 'eventbridge', 'iam', 's3', 'scheduler', 'sfn', 'sts'].map(
  (client) => `@aws-sdk/client-${client}`,
);

export function createClients(options: ClientOptions): Clients {
  const { region, packages = [], requestTimeoutMs = 60_000, maxAttempts = 5, credentials } = options;
  needPackages([...new Set([...PACKAGES, ...packages])].sort(), 'a command that works on AWS');
  // The SDK's own word that later releases want another Node says nothing to a user: these are pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const made: { destroy(): void }[] = [];
  const others = new Map<string, Promise<Client>>();
  const known: KnownCaller = { region };
  const config: ClientConfig = {
    region,
    maxAttempts,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: Math.min(10_000, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
    ...(credentials !== undefined && { credentials }),
  };
  const create = async <T extends Client>(make: () => Promise<T>, name?: ClientName): Promise<T> => {
    const created = await make();
    rememberCalls(created, known, name);
    made.push(created);
    return created;
  };
  const lazy = <T extends Client>(make: () => Promise<T>) => {
    let client: Promise<T> | undefined;
    return () => {
      client ??= create(make);
      return client;
    };
  };
  return {
    region,
    known,
    // A server of one's own has no host name for each bucket.
    s3: lazy(async () => {
      const own = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
      return new (await import('@aws-sdk/client-s3')).S3({ ...config, forcePathStyle: own !== undefined });
    }),
    iam: lazy(async () => new (await import('@aws-sdk/client-iam')).IAM(config)),
    sts: lazy(async () => new (await import('@aws-sdk/client-sts')).STS(config)),
    sfn: lazy(async () => new (await import('@aws-sdk/client-sfn')).SFN(config)),
    scheduler: lazy(async () => new (await import('@aws-sdk/client-scheduler')).Scheduler(config)),
    events: lazy(async () => new (await import('@aws-sdk/client-eventbridge')).EventBridge(config)),
    logs: lazy(async () => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(config)),
    cloudwatch: lazy(async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatch(config)),
    of: <T extends Client>(
      client: ClientName & { readonly package: string },
      make: (config: ClientConfig) => Promise<T>,
    ) => {
      needPackages([client.package], `a command that asks ${client.title}`);
      const own = others.get(client.package) ?? create(() => make(config), client);
      others.set(client.package, own);
      return own as Promise<T>;
    },
    destroy: () => {
      for (const client of made) client.destroy();
    },
  };
}
