import type { Json, JsonObject } from '../asl/json.ts';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { ProjectFile } from './config.ts';

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
