import {
  expression,
  expressionText,
  splitTokens,
  type Target,
  targetOf,
  tokenOf,
  unboundReference,
} from '../authoring/internal.ts';

/** JSON, as a value of the manifest. */
export type Written = null | boolean | number | string | readonly Written[] | { readonly [key: string]: Written };

/** A reference as a list: its kind, then its path; `json:` before the kind of one that stands in JSON text. */
type Reference = readonly [kind: string, ...path: string[]];

/**
 * A template's value as JSON. A reference is `{"$ref": ["env", "lake"]}`; a text with references in it is
 * `{"$text": ["s3://", ["env", "lake"], "/gold/"]}`; JSONata that a template wrote is `{"$jsonata": "…"}`; an object of the user's that
 * could be taken for one of these stands in `{"$object": {…}}`.
 */
export function writeValue(value: unknown): Written {
  if (typeof value === 'string') return writeText(value);
  if (typeof value !== 'object' || value === null) return value as Written;
  const jsonata = expressionText(value);
  if (jsonata !== undefined) return { $jsonata: jsonata };
  const target = targetOf(value);
  if (target !== undefined) return { $ref: writeTarget(target) };
  if (Array.isArray(value)) return value.map(writeValue);
  const fields = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, writeValue(item)]));
  return Object.keys(fields).some((key) => key.startsWith('$')) ? { $object: fields } : fields;
}

/** The value that was written. */
export function readValue(value: Written): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(readValue);
  const { $ref, $text, $jsonata, $object } = value as { readonly [key: string]: Written };
  if ($ref !== undefined) return unboundReference(readTarget($ref as unknown as Reference));
  if ($jsonata !== undefined) return expression($jsonata as string);
  if ($text !== undefined)
    return ($text as readonly (string | Reference)[])
      .map((piece) => (typeof piece === 'string' ? piece : tokenOf(readTarget(piece))))
      .join('');
  const fields = ($object ?? value) as { readonly [key: string]: Written };
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, readValue(item)]));
}

function writeText(text: string): Written {
  const pieces = splitTokens(text).map((piece) => ('target' in piece ? writeTarget(piece.target) : textOf(piece)));
  return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : { $text: pieces };
}

function textOf(piece: { readonly text: string } | { readonly broken: string }): string {
  return 'text' in piece ? piece.text : piece.broken;
}

function writeTarget({ kind, path, json }: Target): Reference {
  return [json ? `json:${kind}` : kind, ...path];
}

function readTarget([kind, ...path]: Reference): Target {
  const json = kind.startsWith('json:');
  return { kind: (json ? kind.slice(5) : kind) as Target['kind'], path, ...(json && { json }) };
}
