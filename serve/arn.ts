import { ApiError } from './protocol/api-error.ts';

/** Whose machines these are. */
export interface Account {
  readonly region: string;
  readonly account: string;
}

type MachineName = Extract<Named, { kind: 'stateMachine' }>;

/** What an ARN of the service names; names without the test case that Step Functions Local's callers append. */
export type Named =
  | {
      readonly kind: 'stateMachine';
      /** Without version, alias or label. */
      readonly machineArn: string;
      readonly name: string;
      /** A version's number or an alias's name. */
      readonly qualifier?: string;
      /** Of a distributed Map within the machine. */
      readonly label?: string;
    }
  | { readonly kind: 'execution' | 'express' | 'activity' | 'mapRun' };

const ARN = /^arn:[a-z-]+:states:([a-z0-9-]*):(\d{12}|):([A-Za-z]+):(.+)$/;
const MACHINE = /^([^:/]+)(?:\/([^:/]+))?(?::([^:/]+))?$/;
const KINDS: ReadonlySet<string> = new Set(['stateMachine', 'execution', 'express', 'activity', 'mapRun']);

/** No ARN of the service is as long; and the database takes no longer keys. */
const MOST_BYTES = 1500;

export function machineArn({ region, account }: Account, name: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${name}`;
}

export function activityArn({ region, account }: Account, name: string): string {
  return `arn:aws:states:${region}:${account}:activity:${name}`;
}

/** `id` makes executions of one name different where names need not be unique: in Express workflows. */
export function executionArn(machine: string, name: string, id?: string): string {
  const kind = id === undefined ? 'execution' : 'express';
  return `${machine.replace(':stateMachine:', `:${kind}:`)}:${name}${id === undefined ? '' : `:${id}`}`;
}

/** Reads an ARN of one of the given kinds. @throws ApiError InvalidArn */
export function readArn(arn: string, ...kinds: readonly Named['kind'][]): Named {
  const [, , , kind = '', rest = ''] = ARN.exec(arn) ?? [];
  if (!arn.startsWith('arn:')) throw invalid(`Invalid ARN prefix: ${arn}`);
  if (!KINDS.has(kind) || Buffer.byteLength(arn) > MOST_BYTES) throw invalid(`Invalid ARN: ${arn}`);
  if (!kinds.includes(kind as Named['kind'])) throw invalid(`Resource type not valid in this context: ${kind}`);
  if (kind !== 'stateMachine') return { kind } as Named;
  const [, name, label, qualifier] = MACHINE.exec(rest) ?? [];
  if (name === undefined) throw invalid(`Invalid ARN: ${arn}`);
  return {
    kind,
    machineArn: arn.slice(0, arn.length - rest.length) + name,
    name,
    ...(label !== undefined && { label }),
    ...(qualifier !== undefined && { qualifier }),
  };
}

/** Of a machine, perhaps with a version or an alias; a Map's label is refused. */
export function readMachineArn(arn: string): MachineName {
  const named = readArn(arn, 'stateMachine') as MachineName;
  if (named.label === undefined) return named;
  throw new ApiError('ValidationException', `This API does not support labelled ARNs: '${arn}'`, {
    reason: 'API_DOES_NOT_SUPPORT_LABELED_ARNS',
  });
}

function invalid(detail: string): ApiError {
  return new ApiError('InvalidArn', `Invalid Arn: '${detail}'`);
}

/** What the name of a machine, an execution or an activity must not contain, in the words of the API's reference. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/u;

/** @throws ApiError InvalidName */
export function checkName(name: string): void {
  if (FORBIDDEN.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
}
