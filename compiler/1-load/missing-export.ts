import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Bundle } from './bundle.ts';

/** The package's entries that a DAG file imports from, and what they have. */
const ENTRIES: { readonly [entry: string]: () => Promise<object> } = {
  dagwright: () => import('../../authoring/index.ts'),
  'dagwright/tasks': () => import('../../tasks/index.ts'),
};

/** The diagnostic of an import from this package that names what it does not have; undefined for any other error. */
export async function missingExport(error: unknown, { files }: Bundle): Promise<Diagnostic | undefined> {
  if (!(error instanceof Error) || error.name !== 'SyntaxError') return undefined;
  const name = /does not provide an export named '([\w$]+)'/.exec(error.message)?.[1];
  if (name === undefined) return undefined;
  for (const [file, { source, placeOf }] of files)
    for (const match of source.matchAll(/import\s+(?!type\b)([^;'"]*?)\s*from\s*['"](dagwright(?:\/tasks)?)['"]/g)) {
      const [whole, names = '', entry = ''] = match;
      const at = name === 'default' ? /^\w/ : new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
      const found = at.exec(names);
      if (!found) continue;
      const known = Object.keys(await ENTRIES[entry]!()).sort();
      const place = placeOf(match.index + whole.indexOf(names) + found.index);
      return diagnose('DAG144', { entry, name, known }, { place: { ...place, file } });
    }
  return undefined;
}
