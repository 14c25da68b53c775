import { type Document, visit, type YAMLError } from 'yaml';
import type { TextFault } from '../json/read.ts';
import { templateAt } from '../placeholders/index.ts';

/** What is wrong with a YAML text itself, in words for somebody who writes definitions and not a reader of YAML. */
export function faultsOf(text: string, document: Document): TextFault[] {
  const seen = new Set<string>();
  const faults: TextFault[] = [];
  for (const error of document.errors) {
    const [offset] = error.pos;
    if (error.code === 'DUPLICATE_KEY') {
      faults.push({ offset, key: keyAt(text, offset), path: '', detail: 'repeated' });
      continue;
    }
    // One tab in front of a line is seldom alone, and what is told of one is told of all.
    if (error.code === 'TAB_AS_INDENT' && seen.has(error.code)) continue;
    seen.add(error.code);
    const expression = expressionAt(text, offset);
    faults.push(
      expression === undefined
        ? { offset, detail: detailOf(error), template: templateAt(text, offset) }
        : {
            offset,
            detail: `the expression ${expression} stands without quotes: put quotes around it, or write it behind >-`,
          },
    );
  }
  return faults;
}

/** Aliases that mean nothing; the reader itself tells them without a place. */
export function lostAliases(document: Document): TextFault[] {
  const faults: TextFault[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        faults.push({
          offset: alias.range?.[0] ?? 0,
          detail: `no anchor &${alias.source} stands before the alias *${alias.source}`,
        });
    },
  });
  return faults;
}

function detailOf({ code, message }: YAMLError): string {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'a second document begins here, and a file has one';
    case 'TAB_AS_INDENT':
      return 'a tab stands in front of the line, and YAML is indented with blanks';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a text with a colon and a blank in it stands without quotes';
    default:
      return sentence(message);
  }
}

function sentence(message: string): string {
  const words = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return words.replace(
    /^Plain value cannot start with .*character (\S+)$/,
    'a text that begins with $1 stands without quotes',
  );
}

function keyAt(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 1024);
  const [, , quoted, bare] = /^(?:(['"])([\s\S]*?)\1|(.*?))\s*:(?:\s|$)/.exec(rest) ?? [];
  return quoted ?? bare ?? rest.split('\n', 1)[0]!;
}

/** Words that Jinja's statements begin with; no expression does. */
const STATEMENT = /^\{%[-+]?\s*(?:if|elif|else|endif|for|endfor|set|block|endblock|include|macro|raw|extends|with)\b/;

/** An expression of JSONata that is a value of YAML without quotes: its bracket opens a map. */
function expressionAt(text: string, offset: number): string | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const whole = text.slice(line, end === -1 ? text.length : end);
  const [, before, expression] = /^(.*?(?::|-)\s+)(\{%.*?%\})/.exec(whole) ?? [];
  if (before === undefined || expression === undefined || STATEMENT.test(expression)) return undefined;
  const start = line + before.length;
  return start <= offset && offset <= start + expression.length ? expression : undefined;
}
