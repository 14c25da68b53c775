import type { Json, JsonObject } from '../asl/json/value.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ProjectFile } from './config.ts';
import type { Environment, EnvValue } from './environment.ts';

/** What a role's value says where deploy makes the role. */
export const MANAGED = 'managed';

/** The names of a DAG's `env` whose role deploy makes. */
export function managedRoles(manifest: Manifest, environment: Environment): string[] {
  return Object.keys(manifest.env).filter(
    (name) => manifest.env[name]!.kind === 'role' && environment.env[name] === MANAGED,
  );
}

/**
 * The value of every placeholder that a DAG declares. A reference to a secret is its name: what runs reads the secret itself.
 * @param account the account that is deployed to: a role of another cannot be handed on
 * @param managed the names of the roles that deploy makes, by the name in the DAG's env
 * @throws Stop that names all that is missing or wrong
 */
export function envValues(
  manifest: Manifest,
  environment: Environment,
  managed: Readonly<Record<string, string>>,
  account: string,
  file?: ProjectFile,
): Record<string, string> {
  const faults: Diagnostic[] = [];
  const values: Record<string, string> = {};
  for (const [name, { kind, description }] of Object.entries(manifest.env)) {
    const given = environment.env[name];
    const path = ['environments', environment.name, 'env', ...(given === undefined ? [] : [name])];
    const at = { place: file?.placeOf(path) };
    const about = { name, kind, environment: environment.name, dag: manifest.dag };
    const value = kind === 'role' && given === MANAGED ? managed[name] : textOf(given);
    if (given === undefined) faults.push(diagnose('CFG006', { ...about, description }, at));
    else if (value === undefined) faults.push(diagnose('CFG008', about, at));
    else if (WRONG[kind]?.(value, account)) faults.push(diagnose('CFG007', { ...about, value }, at));
    else values[name] = kind === 'role' ? roleName(value)! : value;
  }
  if (faults.length > 0) throw new Stop(faults);
  return values;
}

function textOf(value: EnvValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return 'secretsManager' in value ? value.secretsManager : value.ssm;
}

const WRONG: { readonly [kind: string]: (value: string, account: string) => boolean } = {
  bucket: (value) => !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
  // Where a call takes an ARN the machine makes it of the name. An export does not know the account.
  role: (value, account) => {
    const own = roleAccount(value);
    return roleName(value) === undefined || (own !== undefined && /^\d{12}$/.test(account) && own !== account);
  },
};

const REFERENCE = /\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * A section with each `${VARIABLE}` in its texts filled from the environment of the process; `$${VARIABLE}` is the text itself. One that
 * is not set is a fault at its key.
 */
export function fillVariables(
  value: Json,
  path: readonly string[],
  variables: NodeJS.ProcessEnv,
  file: ProjectFile,
): { readonly value: Json; readonly faults: readonly Diagnostic[] } {
  const faults: Diagnostic[] = [];
  const fill = (json: Json, at: readonly string[]): Json => {
    if (typeof json === 'string')
      return json.replace(REFERENCE, (whole, escaped: string, variable: string) => {
        if (escaped !== '') return whole.slice(1);
        const found = variables[variable];
        if (found === undefined)
          faults.push(diagnose('CFG004', { variable, key: at.join('.') }, { place: file.placeOf(at) }));
        return found ?? whole;
      });
    if (Array.isArray(json)) return json.map((item: Json, index) => fill(item, [...at, String(index)]));
    if (json === null || typeof json !== 'object') return json;
    return Object.fromEntries(Object.entries(json as JsonObject).map(([key, item]) => [key, fill(item, [...at, key])]));
  };
  return { value: fill(value, path), faults };
}

/** A role as dagwright.yaml may name it: by its name, with its path, or by its ARN. */
const ROLE = /^(?:arn:[\w-]+:iam::(\d{12}):role)?\/?((?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64})$/;

/**
 * The role's name with its path, which is what ARNs end with and what services take that are given a name: `service-role/x`. Undefined
 * where the text names no role.
 * @example
 * roleName('arn:aws:iam::111122223333:role/service-role/x') // 'service-role/x'
 */
export function roleName(text: string): string | undefined {
  return ROLE.exec(text)?.[2];
}

/** The account that a role's ARN names; undefined of a name. */
export function roleAccount(text: string): string | undefined {
  return ROLE.exec(text)?.[1];
}
