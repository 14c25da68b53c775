import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type SchemaFault, schemaFault } from '../asl/json/schema-errors.ts';
import type { Json, JsonObject } from '../asl/json/value.ts';
import { type Diagnostic, diagnose, Stop, secretKind } from '../diagnostics/index.ts';
import { CONFIG_FILE, type ProjectFile, readProjectFile } from './config.ts';
import { DEFAULTS, ENVIRONMENT_SCHEMA, TOP_SCHEMA } from './environment-schema.ts';
import { fillVariables } from './environment-values.ts';

/** The name of a secret, not its value: the value is read at run time and is never written to a file. */
export type SecretReference = { readonly secretsManager: string } | { readonly ssm: string };

/** What a DAG's `env` gets. A role's may be `managed`: deploy makes it. */
export type EnvValue = string | SecretReference;

export type LogLevel = 'OFF' | 'ERROR' | 'FATAL' | 'ALL';

/** ARNs of the keys of one's own with which things are encrypted; without one they are encrypted with AWS's. */
export interface KmsKeys {
  /** What deploy writes to the artifact bucket. */
  readonly artifacts?: string;
  readonly logs?: string;
  readonly schedule?: string;
  /** Keys of the buckets that the DAG reads and writes: roles that are made may use them. */
  readonly buckets?: readonly string[];
}

/** An entry of `environments:` in dagwright.yaml, checked, its `${VARIABLES}` filled and its defaults in place. */
export interface Environment {
  readonly name: string;
  readonly region: string;
  /** Checked with STS before anything else, where it is given. */
  readonly account?: string;
  /** The bucket of assets, records and locks. */
  readonly artifacts: string;
  /** Stands before each name that dagwright makes. */
  readonly prefix: string;
  readonly env: Readonly<Record<string, EnvValue>>;
  /** `managed`, or the ARN of a role that is only checked. */
  readonly role: string;
  /** Under which path roles of machines are made. Default: `/`. */
  readonly rolePath?: string;
  /** The ARN of the policy that bounds every role that is made. */
  readonly permissionsBoundary?: string;
  readonly kmsKeys?: KmsKeys;
  readonly tags: Readonly<Record<string, string>>;
  readonly logLevel: LogLevel;
  readonly tracing: boolean;
  /** The SNS topic that is notified of failures. */
  readonly alarms?: { readonly topic: string };
  readonly schedule: 'enabled' | 'disabled';
  readonly keep: { readonly versions: number };
}

/** The environment of a name, or the default one, of dagwright.yaml. */
export async function readEnvironment(
  project: string,
  name?: string,
  variables: NodeJS.ProcessEnv = process.env,
): Promise<Environment> {
  return resolveEnvironment(await readProjectFile(project), name, variables);
}

/**
 * The region of an environment, none of whose other values need be there.
 * @returns undefined where dagwright.yaml has no environment, and none was named
 * @example
 * await readRegion('/work/project', 'prod') // 'eu-west-1'
 */
export async function readRegion(
  project: string,
  name?: string,
  variables: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const file = await readProjectFile(project);
  const environments = (file.content.environments ?? {}) as { readonly [name: string]: Json };
  const known = Object.keys(environments);
  if (known.length === 0 && name === undefined) return undefined;
  const chosen = choose(file, known, name);
  const { region } = (environments[chosen] ?? {}) as { readonly region?: Json };
  const { value, faults } = fillVariables(region ?? '', ['environments', chosen, 'region'], variables, file);
  stopAt(faults);
  // What else it may be is a fault of the file, which whoever reads all of it tells.
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The other environments of dagwright.yaml, as far as they can be read here: their variables need not be set. */
export async function otherEnvironments(
  project: string,
  { name }: Pick<Environment, 'name'>,
  variables: NodeJS.ProcessEnv = process.env,
): Promise<Environment[]> {
  const file = await readProjectFile(project);
  const names = Object.keys((file.content.environments ?? {}) as object).filter((other) => other !== name);
  return names.flatMap((other) => {
    try {
      return [resolveEnvironment(file, other, variables)];
    } catch (error) {
      if (error instanceof Stop) return [];
      throw error;
    }
  });
}

export function resolveEnvironment(
  file: ProjectFile,
  name: string | undefined,
  variables: NodeJS.ProcessEnv,
): Environment {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true });
  check(ajv.compile(TOP_SCHEMA), file.content, [], file);
  const environments = (file.content.environments ?? {}) as { readonly [name: string]: Json };
  const known = Object.keys(environments);
  const chosen = choose(file, known, name);

  const validate = ajv.compile(ENVIRONMENT_SCHEMA);
  const path = ['environments', chosen];
  const { value, faults } = fillVariables(environments[chosen]!, path, variables, file);
  stopAt(faults);
  check(validate, value, path, file);
  stopAt(secretsIn(value, path, file));
  for (const other of known) {
    // Another environment's variables need not be set here; what else is wrong with it is a fault now.
    const filled = fillVariables(environments[other]!, ['environments', other], variables, file);
    if (other !== chosen && filled.faults.length === 0) check(validate, filled.value, ['environments', other], file);
  }
  const given = value as unknown as Omit<Environment, 'name'>;
  return { ...DEFAULTS, ...given, name: chosen, keep: { ...DEFAULTS.keep, ...given.keep } };
}

function choose(file: ProjectFile, known: readonly string[], name: string | undefined): string {
  const wanted = name ?? file.content.defaultEnv ?? (known.length === 1 ? known[0] : undefined);
  if (wanted === undefined) throw new Stop(diagnose('CFG001', { known }));
  if (known.includes(wanted as string)) return wanted as string;
  const place = name === undefined ? file.placeOf(['defaultEnv']) : file.placeOf(['environments']);
  throw new Stop(diagnose('CFG002', { name: wanted as string, known }, { place }));
}

type Validate = ReturnType<Ajv2020['compile']>;

function check(validate: Validate, value: Json, path: readonly string[], file: ProjectFile): void {
  if (validate(value)) return;
  // A value of several shapes that fits none of them is one fault, not one for each shape.
  const errors = validate.errors!.filter(
    ({ keyword, schemaPath }) => keyword === 'oneOf' || !/\/oneOf\//.test(schemaPath),
  );
  throw new Stop(errors.map((error) => faultOf(error, path, file)));
}

function faultOf(error: ErrorObject, path: readonly string[], { placeOf }: ProjectFile): Diagnostic {
  const fault = schemaFault(error);
  const at = [...path, ...fault.path, ...(fault.kind === 'unknown' ? [fault.field] : [])];
  return diagnose(
    'CFG003',
    { key: at.join('.') || CONFIG_FILE, detail: detailOf(fault, error) },
    { place: placeOf(at) },
  );
}

function detailOf(fault: SchemaFault, { keyword, parentSchema, data }: ErrorObject): string {
  if (fault.kind === 'unknown') {
    const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
    return `is no setting; there are ${known.join(', ')}`;
  }
  if (fault.kind === 'missing') return `lacks ${fault.field}`;
  if (keyword === 'type' && typeof data === 'number')
    return `is the number ${data}; write it in quotes, so that no digit is lost`;
  return `is ${JSON.stringify(data)}, and must be ${fault.wanted}`;
}

/** Values that are secrets by their looks; the place for a reference is where they stand. */
function secretsIn(value: Json, path: readonly string[], file: ProjectFile): Diagnostic[] {
  if (typeof value === 'string') {
    const kind = secretKind(value);
    return kind === undefined ? [] : [diagnose('CFG005', { key: path.join('.'), kind }, { place: file.placeOf(path) })];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value as JsonObject).flatMap(([key, item]) => secretsIn(item, [...path, key], file));
}

function stopAt(faults: readonly Diagnostic[]): void {
  if (faults.length > 0) throw new Stop(faults);
}
