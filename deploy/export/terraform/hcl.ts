/** An expression as it stands: `var.lake`. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export const raw = (text: string): Raw => new Raw(text);

/** A function's call with one argument: `jsonencode({ … })`. */
export class Call {
  readonly name: string;
  readonly argument: Value;
  constructor(name: string, argument: Value) {
    this.name = name;
    this.argument = argument;
  }
}
export const call = (name: string, argument: Value): Call => new Call(name, argument);

export type Value = Raw | Call | string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: readonly Item[];
}
export type Item = readonly [name: string, value: Value] | Block;

export function block(type: string, labels: readonly string[], body: readonly Item[]): Block {
  return { type, labels, body };
}

/** Terraform's native syntax, laid out as `terraform fmt` does. */
export function hcl(blocks: readonly Block[]): string {
  return `${blocks.map((one) => blockText(one, '')).join('\n\n')}\n`;
}

function blockText({ type, labels, body }: Block, indent: string): string {
  const head = [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
  return body.length === 0
    ? `${indent}${head} {}`
    : `${indent}${head} {\n${itemsText(body, `${indent}  `)}\n${indent}}`;
}

function itemsText(items: readonly Item[], indent: string): string {
  const lines: string[] = [];
  for (const group of groupsOf(items, indent)) {
    if (lines.length > 0 && group.isApart) lines.push('');
    const width = Math.max(...group.attributes.map(({ name }) => name.length));
    lines.push(
      ...(group.block !== undefined
        ? [blockText(group.block, indent)]
        : group.attributes.map(({ name, text }) => `${indent}${name.padEnd(width)} = ${text}`)),
    );
  }
  return lines.join('\n');
}

interface Group {
  readonly attributes: { readonly name: string; readonly text: string }[];
  readonly block?: Block;
  /** That a blank line stands before it. */
  readonly isApart: boolean;
}

/** Attributes of one line stand together with their equals signs below each other; one of several lines stands for itself. */
function groupsOf(items: readonly Item[], indent: string): Group[] {
  const groups: Group[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (!isAttribute(item)) {
      groups.push({ attributes: [], block: item, isApart: true });
      continue;
    }
    const [name, value] = item;
    const attribute = { name, text: valueText(value, indent) };
    const isLong = attribute.text.includes('\n');
    if (
      last !== undefined &&
      !isLong &&
      last.block === undefined &&
      !last.attributes.some(({ text }) => text.includes('\n'))
    )
      last.attributes.push(attribute);
    else groups.push({ attributes: [attribute], isApart: last?.block !== undefined });
  }
  return groups;
}

function isAttribute(item: Item): item is readonly [string, Value] {
  return Array.isArray(item);
}

export function valueText(value: Value, indent: string): string {
  if (value instanceof Raw) return value.text.replaceAll('\n', `\n${indent}`);
  if (value instanceof Call) return `${value.name}(${valueText(value.argument, indent)})`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: Value) => valueText(item, inner));
    const short = `[${items.join(', ')}]`;
    if (short.length <= 100 && !short.includes('\n')) return short;
    return `[\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}]`;
  }
  const entries = Object.entries(value as { readonly [key: string]: Value });
  if (entries.length === 0) return '{}';
  return `{\n${itemsText(
    entries.map(([key, item]) => [/^[A-Za-z_][\w-]*$/.test(key) ? key : quoted(key), item] as const),
    inner,
  )}\n${indent}}`;
}

/** A text as it stands: what Terraform would read as a template is escaped. */
export function quoted(text: string): string {
  return `"${literal(text)}"`;
}

export function literal(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/([$%])(?=\{)/g, '$1$1');
}
