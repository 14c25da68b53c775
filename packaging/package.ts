import { createHash } from 'node:crypto';
import type { FunctionCode } from '../authoring/function-code.ts';
import { packagePython } from './python.ts';
import { packageTypescript } from './typescript.ts';

/**
 * What a function's archive holds of the project: the same of the same sources, to the byte. Packages of `requirements` are added when the
 * archive is made.
 */
export interface FunctionPackage {
  /** Of the files and of what is installed beside them, hex. */
  readonly sha256: string;
  /** As the service names the function in them: `index.handler`. */
  readonly handler: string;
  /** By their path in the archive, sorted. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The files of the project that it was made of, absolute. */
  readonly inputs: readonly string[];
  /** Files beside its modules that these name, and that do not go with it, from the project's folder. */
  readonly leftOut?: readonly string[];
}

/**
 * Reads and bundles the code of a function. Nothing is fetched and nothing is written.
 * @param root the project's folder
 * @throws Stop where the code does not build
 * @example
 * const { sha256, files } = packageFunction(code, '/home/me/project');
 */
export function packageFunction(
  code: Pick<FunctionCode, 'source' | 'runtime' | 'architecture'>,
  root: string,
): FunctionPackage {
  const { source, runtime, architecture } = code;
  const made = source.kind === 'typescript' ? packageTypescript(source, runtime, root) : packagePython(source, root);
  const installed = source.kind === 'python' ? [...source.requirements, runtime, architecture] : [];
  return { ...made, sha256: hashOfPackage(made, installed) };
}

/** @param installed what an archive holds besides, and what that is installed for */
export function hashOfPackage(
  { handler, files }: Pick<FunctionPackage, 'handler' | 'files'>,
  installed: readonly string[],
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([handler, installed]));
  for (const [path, content] of files) {
    hash.update(JSON.stringify([path, content.byteLength]));
    hash.update(content);
  }
  return hash.digest('hex');
}
