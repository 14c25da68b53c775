import { Buffer } from 'node:buffer';
import { inflateRawSync } from 'node:zlib';
import { SDK } from './sdk.generated.ts';

/** An argument of an AWS API. */
export interface SdkArgument {
  /** As Step Functions has it: PascalCase with acronyms as words. */
  readonly name: string;
  readonly required: boolean;
  /** The API's own name in PascalCase, where it differs: `DBInstanceIdentifier` for `DbInstanceIdentifier`. */
  readonly api?: string;
}
/** The actions of a service by their camelCase names, with their arguments by Step Functions' names. */
export type SdkService = ReadonlyMap<string, ReadonlyMap<string, SdkArgument>>;

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

const loaded = new Map<string, SdkService>();

/** The names of all services, as `aws-sdk:` resources write them. */
export function sdkServices(): readonly string[] {
  return Object.keys(SDK);
}

/** A service's actions, unpacked when first asked for; undefined where the SDK has no such service. */
export function sdkService(name: string): SdkService | undefined {
  if (!Object.hasOwn(SDK, name)) return undefined;
  const service = loaded.get(name) ?? unpack(SDK[name]!);
  loaded.set(name, service);
  return service;
}

/** A line an action: `name Argument Required* Named=APINamed`. */
function unpack(packed: string): SdkService {
  const lines = inflateRawSync(Buffer.from(packed, 'base64')).toString().split('\n');
  return new Map(
    lines.map((line) => {
      const [action, ...args] = line.split(' ');
      return [action!, new Map(args.map((text) => argument(text)).map((one) => [one.name, one]))];
    }),
  );
}

function argument(text: string): SdkArgument {
  const [marked, api] = text.split('=') as [string, string | undefined];
  const required = marked.endsWith('*');
  return { name: required ? marked.slice(0, -1) : marked, required, ...(api !== undefined && { api }) };
}
