import { Buffer } from 'node:buffer';
import { diagnose } from '../../diagnostics/index.ts';
import { check, type ValidateOptions } from './check.ts';
import { draftOf } from './draft.ts';
import { byPlace, type Finding, READ_BYTES, sizeFindings } from './finding.ts';
import { positions } from './locate.ts';
import { readYaml } from './read-yaml.ts';
import { MAX_FINDINGS } from './report.ts';
import type { Source } from './source.ts';

/**
 * Checks a state machine's YAML text, as SAM's `.asl.yaml`: what `validate` says of the JSON that it means, at the places
 * of the YAML. It never throws, whatever the text.
 */
export function validateYaml(text: string, options: ValidateOptions = {}): Finding[] {
  const bytes = Buffer.byteLength(text);
  if (bytes > READ_BYTES) return sizeFindings(bytes);
  const position = positions(text);
  const broken = (detail: string, offset: number, template?: string): Finding => ({
    ...diagnose('ASL008', { detail, template }, { path: '' }),
    path: '',
    ...position(offset),
  });
  let read: Source;
  try {
    read = readYaml(text);
  } catch (error) {
    // Deep nesting overflows the reader's stack; too many aliases are refused when they are followed.
    return [broken(error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message, 0)];
  }
  // Once a template is rendered, everything in it is another text.
  const template = read.faults.filter(({ template }) => template !== undefined).sort((a, b) => a.offset - b.offset)[0];
  const inText = (template === undefined ? read.faults.slice(0, MAX_FINDINGS) : [template]).map(
    ({ key, offset, detail, template }): Finding =>
      key === undefined
        ? broken(detail, offset, template)
        : { ...diagnose('ASL002', { key }, { path: '' }), path: '', ...position(offset) },
  );
  if (read.value === undefined) return inText;
  const draft = draftOf(read.value);
  // The limit is on the JSON that is sent.
  const tooLarge = sizeFindings(Buffer.byteLength(JSON.stringify(draft.value)));
  const reported = check(draft, options);
  const offsets = read.offsets(reported);
  const found = reported.map(
    ({ diagnostic, path }, i): Finding => ({ ...diagnostic, path, ...position(offsets[i]!) }),
  );
  return [...tooLarge, ...[...inText, ...found].sort(byPlace)];
}
