import type { Json, JsonObject } from '../asl/json/value.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { checkParams, readInput } from '../local/input.ts';
import type { Manifest } from '../manifest/manifest.ts';

export interface Given {
  readonly params: JsonObject;
  /** As the file has it. */
  readonly date?: string;
}

/** A run's params from `--input` and, over them, `--param name=value`, checked against the DAG's schema. Defaults are the machine's to fill. */
export async function givenParams(
  manifest: Manifest,
  file: string | undefined,
  assignments: readonly string[],
): Promise<Given> {
  const input = file === undefined ? { params: {} } : await readInput(file, manifest);
  const own = Object.fromEntries(assignments.map((text) => assignment(manifest, text)));
  const params = { ...input.params, ...own };
  checkParams(
    manifest,
    params,
    [file, ...(assignments.length > 0 ? ['--param'] : [])].filter(Boolean).join(' and ') || 'the run',
  );
  return { params, ...(input.logical_date !== undefined && { date: input.logical_date }) };
}

function assignment({ params }: Manifest, text: string): [string, Json] {
  const at = text.indexOf('=');
  if (at < 1) throw new Stop(diagnose('OPS015', { param: text }), 2);
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  return [name, paramValue(params.properties[name], value)];
}

/** A param that is declared as text is taken as it is; else the text is JSON, and where it is none, a text. */
function paramValue(schema: { readonly [keyword: string]: unknown } | undefined, text: string): Json {
  const texts = Array.isArray(schema?.enum) && schema.enum.every((one) => typeof one === 'string');
  if (schema?.type === 'string' || texts) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
