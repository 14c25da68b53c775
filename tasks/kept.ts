import type { Clients } from '../aws/clients.ts';
import type { Place } from '../aws/names.ts';

/** A call by which a machine makes what no execution ends, so that it stays when its DAG is removed. */
export interface KeptCall {
  /** In the SDK's words: `createCrawler`. */
  readonly action: string;
  /** As people call it: `crawler`. */
  readonly title: string;
  /** Where its arguments have its name. */
  readonly name: readonly string[];
  /** That it holds data: nothing of dagwright's removes it. */
  readonly isData?: true;
}

/** Actions of whoever looks for what is kept and removes it. */
export interface KeptPermission {
  readonly actions: readonly string[];
  /** With the placeholders of the place. */
  readonly resources: readonly string[];
}

/** A kind of thing that is kept, with its code. */
export interface KeptKind {
  readonly title: string;
  /** Of those that carry the tag. */
  names(clients: Clients, machine: string): Promise<string[]>;
  /** Its tags, and why it may not be removed where that is so; undefined where there is none of this name. */
  look(
    clients: Clients,
    of: { readonly place: Place; readonly machine: string; readonly name: string },
  ): Promise<{ readonly tags: { readonly [key: string]: string }; readonly inUse?: string } | undefined>;
  /** One that is not there is no error. */
  remove(clients: Clients, name: string): Promise<void>;
}

export interface KeptModule {
  /** In the order in which they are removed. */
  readonly kept: readonly KeptKind[];
}
