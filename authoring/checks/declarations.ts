import { isPlaceholderName } from '../../asl/placeholders/index.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { EnvDeclaration } from '../env.ts';
import { isReserved, RESERVED_ENV } from '../known-later.ts';
import type { ParamDeclaration } from '../param.ts';
import { type Check, check, type Where } from './check.ts';
import { entriesOf } from './fields.ts';
import { shown } from './shown.ts';

type What = 'env' | 'params';

/** How a declaration is written. */
const INSTEAD = { env: 'env.string()', params: 'param.string()' } as const;

/** The check of `env` or `params` as a whole; `declarationsOf` reads what is in it. */
export const declarations = (what: What): Check =>
  check(`an object of declarations, \`{ name: ${INSTEAD[what]} }\``, (given, where) => wrongIn(what, given, where));

function wrongIn(what: What, given: unknown, where: Where): Diagnostic[] {
  const entries = entriesOf(given);
  const instead = `\`${what}: { name: ${INSTEAD[what]} }\``;
  if (entries === undefined)
    return [diagnose('DAG087', { owner: `${where.owner}: ${what}`, given: shown(given), instead }, where.at)];
  return entries.flatMap(([name, read]) => [
    ...wrongName(what, name, where.at),
    ...wrongDeclaration(what, name, read().value, where),
  ]);
}

/** Names and what they declare, whatever is wrong with them: whoever reads one that was told to be wrong is not told again. */
export function declarationsOf<D extends EnvDeclaration | ParamDeclaration>(
  what: What,
  given: unknown,
): { readonly [name: string]: D } {
  const entries = entriesOf(given) ?? [];
  return Object.freeze(
    Object.fromEntries(
      entries.map(([name, read]) => {
        const { value } = read();
        return [name, (isDeclaration(what, value) ? value : STAND_IN[what]) as D];
      }),
    ),
  );
}

const STAND_IN = { env: { kind: 'string' }, params: { schema: {} } } as const;

function wrongName(what: What, name: string, at: Where['at']): Diagnostic[] {
  if (what === 'env' && isReserved(name)) return [diagnose('DAG094', { name, reserved: RESERVED_ENV }, at)];
  const fits =
    name !== '__proto__' && (what === 'env' ? isPlaceholderName(name) : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name));
  if (fits) return [];
  const allowed = `letters, digits${what === 'env' ? ' of ASCII' : ', "-"'} and "_", and begins with no digit`;
  return [diagnose('DAG093', { what, name, allowed, instead: nameLike(name) }, at)];
}

/** The name in camelCase, without what it cannot hold: `my-bucket` as `myBucket`. */
function nameLike(name: string): string {
  const camel = name
    .replace(/[^A-Za-z0-9_]+([A-Za-z0-9])?/g, (_, letter?: string) => letter?.toUpperCase() ?? '')
    .replace(/^_+/, '')
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return isPlaceholderName(camel) && name !== '__proto__' && !isReserved(camel) ? `"${camel}"` : '';
}

function wrongDeclaration(what: What, name: string, value: unknown, { owner, at }: Where): Diagnostic[] {
  if (isDeclaration(what, value)) return [];
  const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
  const instead = `\`${what}: { ${key}: ${insteadOf(what, value)} }\`${what === 'env' ? ', and its value into dagwright.yaml' : ''}`;
  return [diagnose('DAG095', { dag: owner, what, name, given: shown(value), instead }, at)];
}

/** Who wrote a value means its default, or what deploy is to fill in. */
function insteadOf(what: What, value: unknown): string {
  if (what === 'env') return INSTEAD.env;
  if (typeof value === 'string') return `param.string({ default: ${JSON.stringify(value.slice(0, 30))} })`;
  if (typeof value === 'number') return `param.number({ default: ${value} })`;
  if (typeof value === 'boolean') return `param.boolean({ default: ${value} })`;
  return INSTEAD.params;
}

function isDeclaration(what: What, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if (what === 'env') return ['string', 'bucket', 'role'].includes((value as EnvDeclaration).kind);
    return typeof (value as ParamDeclaration).schema === 'object' && (value as ParamDeclaration).schema !== null;
  } catch {
    return false;
  }
}
