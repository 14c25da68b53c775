/** Where a placeholder stands in a text, in UTF-16 units: from its first character to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What any placeholder begins with: a text without it has none, which is quickly seen. */
const BEGINNING = /[$#%]\{|\{\{|<%/;
/** The brackets of templates, and single braces, which no `{{ name }}` holds. */
const BRACKETS = /\{{2,}|\}{2,}|[{}]|<%|%>/g;

/**
 * The placeholders of a text: what a tool that deploys it fills in. One grammar for all of them:
 *
 *     ${name} ${Logical.Attribute} ${AWS::Region} ${!name}   CloudFormation, SAM's DefinitionSubstitutions
 *     ${Token[TOKEN.12]}                                     CDK
 *     ${var.name} ${lookup(var.names, "a")} %{ if x }        Terraform's templatefile
 *     ${self:custom.name} ${opt:stage, 'dev'} #{AWS::Region} the Serverless Framework
 *     {{ name }} <%= name %>                                 Jinja, Handlebars, ERB
 *
 * They nest (`${file(${opt:stage}.yml):name}`): the outermost is answered. What is never closed is none, nor is what
 * JSONata groups with `$`: `${"key": value}`. Linear in the length of the text.
 *
 * @example
 * placeholdersOf('arn:${AWS::Partition}:s3:::b') // [{ start: 4, end: 21 }]
 */
export function placeholdersOf(text: string): readonly Span[] {
  if (!BEGINNING.test(text)) return [];
  const spans = inBraces(text);
  if (!text.includes('{{') && !text.includes('<%')) return spans;
  const outermost: Span[] = [];
  for (const span of [...spans, ...inTemplateBrackets(text)].sort((a, b) => a.start - b.start || b.end - a.end))
    if (span.start >= (outermost.at(-1)?.end ?? 0)) outermost.push(span);
  return outermost;
}

/** Whether something in a text is left to fill in. */
export function hasPlaceholder(text: string): boolean {
  return placeholdersOf(text).length > 0;
}

/** `${…}` and `#{…}`. */
function inBraces(text: string): Span[] {
  const closed: Span[] = [];
  const open: { readonly start: number; readonly fills: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if ((c === '$' || c === '#' || c === '%') && text[i + 1] === '{') {
      open.push({ start: i, fills: c !== '%' || startsDirective(text, i + 2) });
      i++;
    } else if (c === '{' && open.length > 0) open.push({ start: i, fills: false });
    else if (c === '}') {
      const { start, fills } = open.pop() ?? { start: i, fills: false };
      if (!fills || !isFilledIn(text, start + 2, i)) continue;
      // What it holds is a part of it.
      while (closed.length > 0 && closed.at(-1)!.start > start) closed.pop();
      closed.push({ start, end: i + 1 });
    }
  }
  return closed;
}

const DIRECTIVE = /~?\s*(?:if|else|endif|for|endfor)\b/y;

/** `%{ if … }`: else a remainder of JSONata and an object, or the beginning of an expression and one. */
function startsDirective(text: string, at: number): boolean {
  DIRECTIVE.lastIndex = at;
  return DIRECTIVE.test(text);
}

/** Nothing to fill in stands in `${}`, `${"key": value}` and `${$v.key: value}`: JSONata groups so. */
function isFilledIn(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && /\s/.test(text[at]!)) at++;
  if (at === end) return false;
  const c = text[at];
  if (c === '$') return text[at + 1] === '{';
  if (c !== '"' && c !== "'") return true;
  const close = text.indexOf(c, at + 1);
  return !/^\s*:/.test(text.slice(close + 1, Math.min(end, close + 20)));
}

/** `{{ name }}` of Jinja, Handlebars and CloudFormation (`{{resolve:ssm:name}}`), `<%= name %>` of ERB. */
function inTemplateBrackets(text: string): Span[] {
  const found: Span[] = [];
  let braces: { readonly start: number; readonly inside: number } | undefined;
  let angle: number | undefined;
  for (const { 0: bracket, index } of text.matchAll(BRACKETS)) {
    if (bracket === '<%') angle ??= index;
    else if (bracket === '%>') {
      if (angle !== undefined && index > angle + 2) found.push({ start: angle, end: index + 2 });
      angle = undefined;
    } else if (bracket.startsWith('{{')) braces = { start: index, inside: index + bracket.length };
    else {
      if (bracket.startsWith('}}') && braces !== undefined && /[^\s,]/.test(text.slice(braces.inside, index)))
        found.push({ start: braces.start, end: index + Math.min(bracket.length, braces.inside - braces.start) });
      braces = undefined;
    }
  }
  return found;
}
