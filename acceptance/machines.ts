import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../asl/json/value.ts';
import { fillPlaceholders, placeholderNames } from '../asl/placeholders/index.ts';
import type { Place } from '../aws/names.ts';

/** A document of the repository with its placeholders filled. */
export interface Document {
  /** Its path in the repository. */
  readonly file: string;
  readonly content: JsonObject;
}

/** Every machine that the repository's own DAGs and test cases compile to. */
export async function machinesOf(repository: string, place: Place): Promise<Document[]> {
  const folders = await foldersOf(repository, ['dist', 'test/cases']);
  const files = folders.flatMap((folder) => [`${folder}/step_function.json`, `${folder}/cleanup.json`]);
  return read(repository, files, place);
}

/** Every policy that stands in dist/. */
export async function policiesOf(repository: string, place: Place): Promise<Document[]> {
  const folders = await foldersOf(repository, ['dist']);
  const documents = await read(
    repository,
    folders.flatMap((folder) => [`${folder}/policy.json`, `${folder}/cleanup_policy.json`]),
    place,
  );
  const manifests = await read(
    repository,
    folders.map((folder) => `${folder}/manifest.json`),
    place,
  );
  const handed = manifests.flatMap(({ file, content }) =>
    Object.entries((content.env ?? {}) as { readonly [name: string]: { readonly policy?: JsonObject } }).flatMap(
      ([name, { policy }]) => (policy === undefined ? [] : [{ file: `${file}#${name}`, content: policy }]),
    ),
  );
  return [...documents, ...handed];
}

async function foldersOf(repository: string, roots: readonly string[]): Promise<string[]> {
  const all = await Promise.all(
    roots.map(async (root) => (await readdir(join(repository, root))).sort().map((name) => `${root}/${name}`)),
  );
  return all.flat();
}

async function read(repository: string, files: readonly string[], place: Place): Promise<Document[]> {
  const found: Document[] = [];
  for (const file of files) {
    if (!existsSync(join(repository, file))) continue;
    const text = await readFile(join(repository, file), 'utf8');
    const content = fillPlaceholders(JSON.parse(text) as JsonObject, valuesFor(text, place));
    found.push({ file, content: inPartition(content, place.partition) });
  }
  return found;
}

/** Values that a deploy would fill in: whatever an env is for, it is a name that every service takes. */
function valuesFor(text: string, { partition, region, account }: Place): Readonly<Record<string, string>> {
  const own: Readonly<Record<string, string>> = {
    ...{
      partition,
      region,
      account,
      assets: 's3://acceptance-assets/dagwright/acceptance/assets',
      machine: 'acceptance',
    },
  };
  return Object.fromEntries(placeholderNames(text).map((name) => [name, own[name] ?? `acceptance-${name}`]));
}

/** Where the machine runs in another partition, each resource is named there, as deploy does it. */
function inPartition<T>(content: T, partition: string): T {
  if (partition === 'aws') return content;
  return JSON.parse(JSON.stringify(content).replaceAll('"arn:aws:states:::', `"arn:${partition}:states:::`)) as T;
}
