import { diagnose } from '../../../diagnostics/index.ts';
import type { Finding, Positions } from '../finding.ts';

/** A value without quotes that YAML 1.1 and YAML 1.2 read differently. */
export interface Ambiguous {
  readonly offset: number;
  readonly text: string;
  readonly old: string;
  readonly now: string;
}

/**
 * What a value means in both versions, where that is not the same. Dates are left out: CloudFormation, the SAM CLI and the
 * AWS CLI keep them as texts. So are `y` and `n`, which hardly any reader takes for booleans.
 * @see https://yaml.org/type/bool.html and https://yaml.org/type/int.html
 */
export function bothMeanings(text: string): Pick<Ambiguous, 'old' | 'now'> | undefined {
  if (/^(?:yes|on)$/i.test(text)) return { old: 'true', now: 'a text' };
  if (/^(?:no|off)$/i.test(text)) return { old: 'false', now: 'a text' };
  if (/^[-+]?0[0-7]+$/.test(text))
    return { old: `the number ${Number.parseInt(text, 8)}`, now: `the number ${Number(text)}` };
  if (/^[-+]?0\d+$/.test(text)) return { old: 'a text', now: `the number ${Number(text)}` };
  if (/^0o[0-7]+$/.test(text)) return { old: 'a text', now: `the number ${Number(text)}` };
  if (/^[-+]?[1-9]\d*(?::[0-5]?\d)+$/.test(text)) return { old: 'a number to the base of 60', now: 'a text' };
  if (/^[-+]?(?:[1-9]\d*(?:_\d+)+|0b[01_]+)$/.test(text)) return { old: 'a number', now: 'a text' };
  return undefined;
}

/** The findings of such values, except where there is another finding at the same place. */
export function ambiguousFindings(
  all: readonly Ambiguous[],
  position: Positions,
  others: readonly Finding[],
): Finding[] {
  const taken = new Set(others.map(({ line, column }) => `${line}:${column}`));
  return all
    .map(
      ({ offset, ...args }): Finding => ({ ...diagnose('ASL111', args, { path: '' }), path: '', ...position(offset) }),
    )
    .filter(({ line, column }) => !taken.has(`${line}:${column}`));
}
