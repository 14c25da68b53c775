import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Part } from '../../asl/services/iam/index.ts';
import type { Place } from '../../aws/names.ts';
import { partitionOfRegion, textInPartition } from '../../aws/partition.ts';
import type { Environment } from '../../project/environment.ts';
import type { Built } from '../built.ts';
import { type Desired, desiredOf } from '../desired/desired.ts';
import type { Resource } from '../resource.ts';
import { type Input, symbolic } from './inputs.ts';

/** What is to be made, with symbols in place of what only whoever applies it knows. Both formats print this. */
export interface Exported {
  readonly dag: string;
  readonly desired: Desired;
  readonly symbols: Symbols;
  readonly inputs: readonly Input[];
  /** Tags of the user's. Ours are deploy's: what another tool made must not look like its own. */
  readonly tags: Readonly<Record<string, string>>;
  /** The definitions of the machines and the policies of the roles, as templates: files by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where the symbols of a place stand. */
export const PLACE = ['partition', 'region', 'account'] as const;

/**
 * @param texts the machines as they stand in dist/, by name of the file: they are handed on as they were reviewed, in the partition of the
 *   environment's region
 */
export function exportedOf(built: Built, given: Environment, texts: ReadonlyMap<string, string>): Exported {
  const symbols = new Symbols();
  const place = Object.fromEntries(PLACE.map((name) => [name, symbols.of(name)])) as unknown as Place;
  const { environment, inputs, given: forms } = symbolic(built.manifest, given, symbols, policiesOf(built));
  const partOf = (name: string, part: Part) => symbols.of(`${name}__${part}`);
  const partition = partitionOfRegion(given.region);
  const desired = desiredOf(built, environment, place, { forms, partOf, partition });
  const files = new Map<string, string>();
  for (const resource of desired.resources) {
    const { kind, properties, name } = resource;
    if (kind === 'machine') {
      const reviewed = texts.get(
        name === desired.names.machine ? 'step_function.json' : name === desired.names.cleanup ? 'cleanup.json' : '',
      );
      files.set(
        machineFile(resource),
        reviewed === undefined
          ? symbols.placeholders(jsonText(properties.definition!))
          : textInPartition(reviewed, partition),
      );
    }
    if (kind === 'role' && properties.policy != null)
      files.set(policyFile(resource), symbols.placeholders(jsonText(properties.policy)));
  }
  return { dag: built.dag, desired, symbols, inputs, tags: given.tags, files };
}

function policiesOf({ policy, cleanup, manifest }: Built): JsonObject[] {
  const handed = Object.values(manifest.env).flatMap((one) => one.policy ?? []);
  return [policy, ...(cleanup ? [cleanup.policy] : []), ...(handed as unknown as JsonObject[])];
}

export function machineFile({ name }: Resource): string {
  return `machines/${name}.json`;
}

export function policyFile({ name }: Resource): string {
  return `policies/${name}.json`;
}

export function jsonText(json: Json): string {
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** The role that an instance profile hands on. */
export function roleOf({ properties }: Resource, { desired }: Exported): Resource {
  return desired.resources.find(({ kind, name }) => kind === 'role' && name === properties.role)!;
}

/** What it is for, as a description: IAM takes no typographic apostrophes. */
export function descriptionOf({ title }: Resource): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`.replaceAll('’', "'");
}

/** What a resource is for, in words: `machine`, `cleanup rule role`. Unique among those of a kind. */
export function wordsOf({ kind, name, arn }: Resource, { names }: Desired): string[] {
  const isOurs = ([field, value]: [string, string]) =>
    kind === 'role' ? /role$/i.test(field) && value === name : field.endsWith('Arn') && value === arn;
  const field = Object.entries(names)
    .find(isOurs)?.[0]
    .replace(kind === 'role' ? /role$/i : /Arn$/, '');
  if (field === undefined) {
    const log = name.startsWith(FUNCTION_LOGS);
    const own = name.replace(FUNCTION_LOGS, '').replace(`${names.machine}_`, '');
    return [...wordsIn(own.replace(`dagwright-${names.base}-`, '')), ...(log ? ['log'] : [])];
  }
  return wordsIn(field === '' ? 'machine' : field);
}

const FUNCTION_LOGS = '/aws/lambda/';

/** The function whose version an alias is on. */
export function functionOf({ arn }: Resource, { desired }: Exported): Resource {
  return desired.resources.find((one) => one.kind === 'function' && arn.startsWith(`${one.arn}:`))!;
}

/** The archive of a function: where it is uploaded to, and its key among the assets. */
export function archiveIn(
  { properties }: Resource,
  { desired }: Exported,
): { readonly bucket: string; readonly key: string; readonly asset: string } {
  const code = properties.code as string;
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(code) ?? [];
  return { bucket, key, asset: desired.assets.find((one) => code.endsWith(`/${one.key}`))!.key };
}

/** The words of a name in whatever style. */
export function wordsIn(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/**
 * Texts that stand for a value which only whoever applies an export knows: the account, a variable of the module. They pass through
 * `desiredOf` as any value does, and are found again in what comes out. Their form is that of a bucket's name and of a role's.
 */
const FORM = /dagwright--(\d+)--value/;

/** A text in pieces: as it stands, and the names of what stands for something. */
export type Piece = { readonly text: string } | { readonly symbol: string };

export class Symbols {
  readonly #names: string[] = [];

  /** The text that stands for a name. */
  of(name: string): string {
    const known = this.#names.indexOf(name);
    return `dagwright--${known < 0 ? this.#names.push(name) - 1 : known}--value`;
  }

  piecesOf(text: string): Piece[] {
    return text
      .split(FORM)
      .map((part, i) => (i % 2 === 0 ? { text: part } : { symbol: this.#names[Number(part)]! }))
      .filter((piece) => !('text' in piece) || piece.text !== '');
  }

  /** The text as a template of the machine's own kind: `${name}`. */
  placeholders(text: string): string {
    return this.piecesOf(text)
      .map((piece) => ('text' in piece ? piece.text : `\${${piece.symbol}}`))
      .join('');
  }
}
