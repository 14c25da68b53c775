/** What the languages of templates write outside of quotes: Terraform, Jinja and Go, ERB, the shell. */
const CONSTRUCT = /[$#%]\{|\{\{|\{%|\{#|<%|\$[A-Za-z_(]/y;
/** What ends them. */
const CLOSERS: { readonly [open: string]: string } = {
  '${': '}',
  '#{': '}',
  '%{': '}',
  '{{': '}}',
  '{%': '%}',
  '{#': '#}',
  '<%': '%>',
};
/** Those that stand within strings and have quotes of their own. `{%` is JSONata's there. */
const QUOTING = ['${', '%{', '{{', '<%'];
const LONGEST = 40;

/**
 * What of a template stands at a place where a text stops being JSON or YAML, or around it: unquoted, as `${n}` or
 * `%{ if … }`, or with quotes of its own within a string, as `"${lookup(m, "k")}"`. Undefined where nothing does.
 */
export function templateAt(text: string, offset: number): string | undefined {
  for (const start of [offset, offset - 1]) {
    CONSTRUCT.lastIndex = start;
    if (start >= 0 && CONSTRUCT.test(text)) return snippet(text, start);
  }
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  for (const open of QUOTING) {
    const start = text.slice(line, offset).lastIndexOf(open);
    if (start !== -1 && !text.slice(line + start, offset).includes(CLOSERS[open]!)) return snippet(text, line + start);
  }
  return undefined;
}

function snippet(text: string, start: number): string {
  const close = CLOSERS[text.slice(start, start + 2)];
  const end = close === undefined ? -1 : text.indexOf(close, start + 2);
  const whole =
    end === -1
      ? (/^(?:[$#%{<][{%#(]?)?-?\w*/.exec(text.slice(start, start + LONGEST))?.[0] ?? '')
      : text.slice(start, end + close!.length);
  const short = whole.replace(/\s+/g, ' ');
  return short.length > LONGEST ? `${short.slice(0, LONGEST)}…` : short;
}
