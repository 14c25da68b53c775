import { PackedServices } from './packed-services.ts';
import { Shapes } from './sdk-shapes.ts';

/** What a value of an AWS API is. `any` is a document: JSON of any form. */
export type SdkType =
  /** `role`: a role's ARN, where the member's name does not say so. */
  /** `values`: the API's model has no others; services get new ones now and then. */
  | { readonly kind: 'text'; readonly role?: 'arn'; readonly values?: readonly string[] }
  | { readonly kind: 'integer' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: SdkType }
  | { readonly kind: 'structure'; readonly members: SdkMembers };

/** An argument of an AWS API, or a member of a structure within one. */
export interface SdkArgument {
  /** As Step Functions has it: PascalCase, an acronym at the beginning as a word: `DbSubnetGroupName`, `MultiAZ`. */
  readonly name: string;
  readonly required: boolean;
  /** The API's own name in PascalCase, where it differs: `DBInstanceIdentifier` for `DbInstanceIdentifier`. */
  readonly api?: string;
  /** It makes a repeated call have one effect. The SDKs fill it in, Step Functions does not. */
  readonly token?: true;
  readonly type: SdkType;
}
/** Arguments, or the members of a structure, by Step Functions' names. */
export type SdkMembers = ReadonlyMap<string, SdkArgument>;

/** The actions of a service by their camelCase names, each read on first use. */
export interface SdkService {
  has(action: string): boolean;
  keys(): Iterable<string>;
  get(action: string): SdkMembers | undefined;
}

/**
 * Services that AWS has ended or that left its API models, by the names that Step Functions took them by: the data
 * knows nothing of their actions any more.
 */
export const RETIRED_SERVICES: ReadonlySet<string> = new Set(
  (
    'alexaforbusiness cloudwatchevents codestar elasticinference elastictranscoder evidently finspace finspacedata ' +
    'honeycode iot1clickdevices iot1clickprojects iotanalytics iotevents ioteventsdata iotfleethub lookoutmetrics ' +
    'lookoutvision macie mobile nimble opsworks opsworkscm panorama qldb qldbsession robomaker sms tnb worklink'
  ).split(' '),
);

const packed = new PackedServices(new URL('./sdk-arguments.generated.data', import.meta.url));
const loaded = new Map<string, SdkService>();

/** The names of all services, as `aws-sdk:` resources write them. */
export function sdkServices(): readonly string[] {
  return packed.names();
}

/** A service's actions, read on first use; undefined where the SDK has no such service. */
export function sdkService(name: string): SdkService | undefined {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const text = packed.text(name);
  if (text === undefined) return undefined;
  const service = serviceOf(text);
  loaded.set(name, service);
  return service;
}

/** A line an action with the number of its arguments' structure, an empty line, a line an enum, an empty line, a line a structure. */
function serviceOf(text: string): SdkService {
  const end = text.indexOf('\n\n');
  const middle = text.indexOf('\n\n', end + 2);
  const shapes = new Shapes(text.slice(middle + 2), text.slice(end + 2, middle));
  const lines = text.slice(0, end).split('\n');
  const actions = new Map(lines.map((line) => line.split(' ') as [string, string | undefined]));
  return {
    has: (action) => actions.has(action),
    keys: () => actions.keys(),
    get: (action) => (actions.has(action) ? shapes.members(actions.get(action)) : undefined),
  };
}
