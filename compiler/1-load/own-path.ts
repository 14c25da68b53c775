import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GUARDS } from './own-modules.ts';

/**
 * Where a module stands, in ES modules' words and in CommonJS's: in a bundle each would be the place of the bundle. The bundler puts these
 * names in their stead, which every module that uses one declares for itself.
 */
export const OWN_PATHS = {
  'import.meta': '__importMeta',
  __filename: '__importMeta.filename',
  __dirname: '__importMeta.dirname',
};

/** Whether a module may use its own path. */
export function namesOwnPath(text: string): boolean {
  return /\bimport\s*\.\s*meta\b|\b__(?:filename|dirname)\b/.test(text);
}

/** The declaration of a module's own path, without a line break. */
export function ownPath(file: string): string {
  const url = pathToFileURL(file).href;
  const meta = JSON.stringify({ url, filename: file, dirname: dirname(file) });
  return `const __importMeta = { ...${meta}, resolve: (specifier) => ${GUARDS.resolveFrom}(specifier, ${JSON.stringify(url)}) }; `;
}

/** A first line for the shell becomes a comment of the same length, since something is put before it. */
export function withoutHashbang(text: string): string {
  return text.startsWith('#!') ? `//${text.slice(2)}` : text;
}
