import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { JsonObject } from '../asl/json/value.ts';
import { diagnose, type Place, Stop } from '../diagnostics/index.ts';

export const CONFIG_FILE = 'dagwright.yaml';

/** dagwright.yaml as it was read: its content, and where each key of it stands. What it may hold is for each section's reader to say. */
export interface ProjectFile {
  readonly content: JsonObject;
  /** Where the key at the end of a path stands; the file's beginning where there is not one. */
  readonly placeOf: (path: readonly string[]) => Place;
}

/** A file that is missing is empty. */
export async function readProjectFile(project: string): Promise<ProjectFile> {
  const text = await readFile(join(project, CONFIG_FILE), 'utf8').catch(() => '');
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: CONFIG_FILE, line, column: col };
  };
  const broken = doc.errors.map((error) =>
    diagnose(
      'RUN040',
      { detail: error.message.split('\n')[0]!.replace(/ at line .*$/, '') },
      { place: at(error.pos[0]) },
    ),
  );
  if (broken.length > 0) throw new Stop(broken, 1);
  const content: unknown = doc.toJS();
  return {
    content: content !== null && typeof content === 'object' && !Array.isArray(content) ? (content as JsonObject) : {},
    placeOf: (path) => at(keyOffset(doc, path)),
  };
}

function keyOffset(doc: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? doc.contents : doc.getIn(path.slice(0, length - 1), true);
    if (!isMap(parent)) continue;
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === path[length - 1]);
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  return 0;
}
