import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Where a module stands, in ES modules' words and in CommonJS's: in a bundle each would be the place of the bundle. The bundler puts these
 * names in their stead, which every module that uses one declares for itself.
 */
export const OWN_PATHS = {
  'import.meta.url': '__moduleUrl',
  'import.meta.filename': '__moduleFile',
  'import.meta.dirname': '__moduleFolder',
  __filename: '__moduleFile',
  __dirname: '__moduleFolder',
};

/** Whether a module may use its own path. */
export function namesOwnPath(text: string): boolean {
  return /\bimport\s*\.\s*meta\b|\b__(?:filename|dirname)\b/.test(text);
}

/** The declarations of a module's own path, without a line break. */
export function ownPath(file: string): string {
  const url = JSON.stringify(pathToFileURL(file).href);
  return `const __moduleUrl = ${url}, __moduleFile = ${JSON.stringify(file)}, __moduleFolder = ${JSON.stringify(dirname(file))}; `;
}

/** A first line for the shell becomes a comment of the same length, since something is put before it. */
export function withoutHashbang(text: string): string {
  return text.startsWith('#!') ? `//${text.slice(2)}` : text;
}
