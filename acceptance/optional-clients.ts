import type { Clients } from '../aws/clients.ts';

/**
 * Services that the suite alone asks. Their clients are development dependencies; the module is named by a variable, so that the suite
 * type-checks and runs its other checks without them.
 */
export interface AccessAnalyzer {
  validatePolicy(request: {
    readonly policyDocument: string;
    readonly policyType: 'IDENTITY_POLICY' | 'RESOURCE_POLICY';
    readonly validatePolicyResourceType?: string;
    readonly maxResults?: number;
  }): Promise<{
    readonly findings?: readonly {
      readonly findingType?: string;
      readonly issueCode?: string;
      readonly findingDetails?: string;
    }[];
  }>;
}

export interface CloudTrail {
  lookupEvents(request: {
    readonly StartTime: Date;
    readonly EndTime: Date;
    readonly MaxResults: number;
    readonly NextToken?: string | undefined;
  }): Promise<{
    readonly Events?: readonly { readonly EventName?: string; readonly CloudTrailEvent?: string }[];
    readonly NextToken?: string;
  }>;
}

type Made = { destroy(): void; middlewareStack: { add(...args: unknown[]): void } };
type Module = Readonly<Record<string, new (config: object) => Made>>;

export async function accessAnalyzerOf(clients: Clients): Promise<AccessAnalyzer> {
  return made(clients, '@aws-sdk/client-accessanalyzer', 'AccessAnalyzer', 'Access Analyzer', 'access-analyzer');
}

export async function cloudTrailOf(clients: Clients): Promise<CloudTrail> {
  return made(clients, '@aws-sdk/client-cloudtrail', 'CloudTrail', 'CloudTrail', 'cloudtrail');
}

async function made<T>(clients: Clients, name: string, client: string, title: string, prefix: string): Promise<T> {
  const found = await clients.of({ package: name, title, prefix }, async (config) => {
    const module = (await import(name)) as Module;
    return new module[client]!(config);
  });
  return found as unknown as T;
}
