import { Buffer } from 'node:buffer';
import { diagnose } from '../../../diagnostics/index.ts';
import { positions } from '../../json/locate.ts';
import type { TextFault } from '../../json/read.ts';
import { check, type ValidateOptions } from '../check.ts';
import { draftOf } from '../draft.ts';
import { byPlace, type Finding, type Positions, READ_BYTES, sizeFindings } from '../finding.ts';
import { MAX_FINDINGS } from '../rule.ts';
import type { Source } from '../source.ts';
import { ambiguousFindings, readYaml } from './read.ts';

/**
 * Checks a state machine's YAML text, as SAM's `.asl.yaml`: the findings of `validate` for the same definition in JSON, at the
 * places of the YAML. It never throws, whatever the text.
 */
export function validateYaml(text: string, options: ValidateOptions = {}): Finding[] {
  const bytes = Buffer.byteLength(text);
  return bytes > READ_BYTES ? sizeFindings(bytes) : yamlFindings(yamlSource(text), positions(text), options);
}

/** Reads any text; one that cannot be read has a fault. */
export function yamlSource(text: string): Source {
  try {
    return readYaml(text);
  } catch (error) {
    // Deep nesting overflows the reader's stack; too many aliases are refused when they are followed.
    const detail = error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message;
    return { faults: [{ offset: 0, detail }], offsets: (places) => places.map(() => 0), holds: () => true };
  }
}

/** The findings of a definition in YAML that was read. */
export function yamlFindings(read: Source, position: Positions, options: ValidateOptions): Finding[] {
  const inText = yamlFaults(read.faults, position);
  if (read.value === undefined) return inText;
  const draft = draftOf(read.value);
  // The limit is on the JSON that is sent.
  const tooLarge = sizeFindings(Buffer.byteLength(JSON.stringify(draft.value)));
  const reported = check(draft, options);
  const offsets = read.offsets(reported);
  const found = reported.map(({ diagnostic, path }, i): Finding => ({ ...diagnostic, path, ...position(offsets[i]!) }));
  const all = [...inText, ...found];
  return [...tooLarge, ...[...all, ...ambiguousFindings(read.ambiguous ?? [], position, all)].sort(byPlace)];
}

/** The findings of the text itself: it is not YAML, or a key stands twice. */
function yamlFaults(faults: readonly TextFault[], position: Positions): Finding[] {
  // Once a template is rendered, everything in it is another text.
  const template = faults.filter(({ template }) => template !== undefined).sort((a, b) => a.offset - b.offset)[0];
  return (template === undefined ? faults.slice(0, MAX_FINDINGS) : [template]).map(
    ({ key, offset, detail, template }): Finding => ({
      ...(key === undefined
        ? diagnose('ASL008', { detail, template }, { path: '' })
        : diagnose('ASL002', { key }, { path: '' })),
      path: '',
      ...position(offset),
    }),
  );
}
