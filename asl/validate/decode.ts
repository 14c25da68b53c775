import { type Buffer, isUtf8 } from 'node:buffer';
import { diagnose } from '../../diagnostics/index.ts';
import { positions } from '../json/locate.ts';
import type { Finding } from './finding.ts';

/** The text of a file, and what is to be said of its bytes where they are no text. */
export function decode(bytes: Buffer): { readonly text: string; readonly findings: readonly Finding[] } {
  if (isUtf8(bytes)) return { text: bytes.toString(), findings: [] };
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = wide && bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString();
  const offset = wide ? 0 : Math.max(0, text.indexOf('\ufffd'));
  const detail = wide ? 'it is UTF-16' : 'there are bytes in it that are none';
  return {
    text,
    findings: [{ ...diagnose('ASL007', { detail }, { path: '' }), path: '', ...positions(text)(offset) }],
  };
}
