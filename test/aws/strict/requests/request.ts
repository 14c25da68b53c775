import type { Context, IamRequest as Request, Tags } from '../../../../engines/iam/index.ts';
import type { AwsCall } from '../protocol/call.ts';

/** What IAM is asked before a call is done, with condition keys besides those that every request has. */
export type IamRequest = Omit<Request, 'context'> & Partial<Pick<Request, 'context'>>;

/** Where a call is made, and what the requests need to know of the account. */
export interface Account {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** The ARN of a role, whose path no call names. */
  readonly roleArn: (name: string) => Promise<string>;
  /** The tags of what is there. */
  readonly tagsOf: (arn: string) => Promise<Tags | undefined>;
}

/** The requests of the calls of a service, by operation; what is not here the service is asked by the data of IAM's actions. */
export type Requests = {
  readonly [operation: string]: (
    call: AwsCall,
    account: Account,
  ) => readonly IamRequest[] | Promise<readonly IamRequest[]>;
};

/** A role is handed to a service. */
export function passes(role: string, service: string): IamRequest {
  return { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': service } };
}

/** The tags of a call, as condition keys. */
export function tagContext(tags: Readonly<Record<string, string>>): Context {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  return {
    'aws:TagKeys': keys,
    ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, tags[key]!])),
  };
}

/** `[{Key, Value}]` or `[{key, value}]` or an object. */
export function tagsIn(value: unknown): Readonly<Record<string, string>> {
  if (!Array.isArray(value)) return (value ?? {}) as Readonly<Record<string, string>>;
  return Object.fromEntries(value.map((tag) => [tag.Key ?? tag.key, tag.Value ?? tag.value ?? '']));
}
