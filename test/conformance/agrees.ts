import type { Json } from '../../asl/json/value.ts';

/**
 * Whether a value is the recorded one. The recorded values were made anonymous: `<…>` within a text stands for any text, `date` and the
 * names that a case lists as its placeholders for any value; JSON within a text (a cause) was parsed or laid out anew.
 */
export function agrees(wanted: Json, got: Json | undefined, placeholders: readonly string[]): boolean {
  if (typeof wanted === 'string') return agreesText(wanted, got, placeholders);
  if (wanted === null || typeof wanted !== 'object') return wanted === got || (wanted === 0 && got === 0);
  const value = typeof got === 'string' ? asJson(got) : got;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(wanted) || Array.isArray(value)) {
    if (!Array.isArray(wanted) || !Array.isArray(value) || wanted.length !== value.length) return false;
    return wanted.every((item, at) => agrees(item as Json, value[at] as Json, placeholders));
  }
  const object = value as { readonly [key: string]: Json };
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(object).length &&
    keys.every((key) => agrees((wanted as typeof object)[key] as Json, object[key], placeholders))
  );
}

function agreesText(wanted: string, got: Json | undefined, placeholders: readonly string[]): boolean {
  if (wanted === got) return true;
  if (wanted === 'date' || wanted === 'snf_role_arn' || placeholders.includes(wanted)) return got !== undefined;
  if (/^<[^<>]*>$/.test(wanted)) return got !== undefined;
  if (typeof got !== 'string') return false;
  const json = asJson(wanted);
  if (typeof json === 'object' && json !== null) {
    const other = asJson(got);
    return other !== undefined && agrees(json, other, placeholders);
  }
  if (!wanted.includes('<')) return false;
  const pattern = wanted
    .split(/<[^<>]*>/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('111111111111', '\\d{12}'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 's').test(got);
}

function asJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
