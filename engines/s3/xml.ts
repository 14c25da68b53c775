/** A value as the elements of an answer: a list repeats its element, and what is undefined is left out. */
export type Xml = string | number | boolean | undefined | { readonly [name: string]: Xml | readonly Xml[] };

/** An answer of S3, as a document. */
export function document(root: string, value: Xml): string {
  const open = root === 'Error' ? root : `${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${open}>${inner(value)}</${root}>`;
}

function inner(value: Xml): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escaped(String(value));
  return Object.entries(value)
    .flatMap(([name, one]) => (Array.isArray(one) ? one : [one]).map((item): [string, Xml] => [name, item as Xml]))
    .map(([name, one]) => (one === undefined ? '' : `<${name}>${inner(one)}</${name}>`))
    .join('');
}

/** Characters that a document may not hold as they are stand as references: S3 does the same. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"'\u0000-\u001f\u007f]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** The elements of one name in the body of a request, whose elements hold no others of the same name. */
export function elements(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, found]) => found!);
}

/** The text of the first element of a name; undefined where there is none. */
export function textOf(text: string, name: string): string | undefined {
  const [found] = elements(text, name);
  return found?.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, named) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return NAMED[named as string] ?? whole;
  });
}

const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
