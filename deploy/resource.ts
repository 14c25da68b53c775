import type { Json, JsonObject } from '../asl/json/value.ts';
import type { Caller } from '../aws/caller.ts';
import type { Clients } from '../aws/clients.ts';
import type { Patience } from '../aws/patience.ts';

export type Kind =
  | 'role'
  | 'instance-profile'
  | 'log-group'
  | 'function'
  | 'function-alias'
  | 'machine'
  | 'alias'
  | 'rule'
  | 'schedule-group'
  | 'schedule'
  | 'alarm';

/** One thing to be made on AWS, as plain data. */
export interface Resource {
  readonly kind: Kind;
  /** What it is for: `the machine's role`. */
  readonly title: string;
  readonly name: string;
  readonly arn: string;
  readonly properties: JsonObject;
  readonly tags: Tags;
  /** Of a machine: each change publishes a version. */
  readonly versioned?: true;
  /** That it belongs to the functions that a version of the machine calls. */
  readonly group?: 'functions';
}

export type Tags = Readonly<Record<string, string>>;

/** The tags that say whose a thing is. */
export function onlyOwn(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key.startsWith('dagwright:')));
}

/** What is known of a thing that may be somebody else's. */
export type Identity = Pick<Resource, 'kind' | 'name' | 'arn' | 'title'>;

/** A resource as it is on AWS, in the form of a resource's own properties. */
export interface Observed {
  readonly properties: JsonObject;
  readonly tags: Tags;
  /** What only the kind's own functions need: revision, versions … */
  readonly details?: { readonly [name: string]: Json };
}

/** What kinds share while changes are applied. */
export interface Context extends Patience {
  readonly aws: Clients;
  readonly caller: Caller;
  /** The version that holds the machine as it is wanted; known as soon as the machine is. */
  version?: string;
  /** By ARN of a machine, the revision that an update of it made: what is published must be that one. */
  readonly revisions: Map<string, string>;
}

/** What deploy knows of a kind of resource. Each function may be called again after it was killed halfway. */
export interface Handler {
  /** Undefined if there is not one. */
  observe(aws: Clients, identity: Identity): Promise<Observed | undefined>;
  /** Makes it, its tags in the same call, so that it is never without them. */
  create(context: Context, resource: Resource): Promise<void>;
  /** Makes it what the resource says; `changed` are the keys of its properties that differ, `tags` among them. */
  update(context: Context, resource: Resource, observed: Observed, changed: ReadonlySet<string>): Promise<void>;
  /** One that is not there is no error. */
  remove(aws: Clients, identity: Identity): Promise<void>;
}

/** The two spellings that services have for a list of tags. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function lowerTagList(tags: Tags): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function tagsOf(
  list:
    | readonly {
        Key?: string | undefined;
        Value?: string | undefined;
        key?: string | undefined;
        value?: string | undefined;
      }[]
    | undefined,
): Tags {
  return Object.fromEntries((list ?? []).map(({ Key, Value, key, value }) => [Key ?? key ?? '', Value ?? value ?? '']));
}
