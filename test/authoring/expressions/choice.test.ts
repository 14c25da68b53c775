import { describe, expect, test } from '@jest/globals';
import { type Choice, translateChoice } from '../../../authoring/expressions/index.ts';
import { reference } from '../../../authoring/reference.ts';
import { arrowOf, textOf } from './translated.ts';

const task = (id: string) => ({ id, after: () => undefined });
const names = {
  a: task('a'),
  b: task('b'),
  group: { c: task('c'), all: [task('d'), task('e')] },
  flag: reference({ kind: 'param', path: ['flag'] }, false, undefined, { type: 'boolean', default: true }),
  n: reference({ kind: 'param', path: ['n'] }, false, undefined, { type: 'number', default: 1 }),
  out: reference({ kind: 'output', path: ['d', 'check'] }, true),
  isDebug: true,
};
const taskIdOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'after' in value ? (value as unknown as { id: string }).id : undefined;

/** As lines, `condition → ids`. */
function shown(choice: Choice): string[] {
  if ('computed' in choice) return [`computed ${textOf(choice.computed)}`];
  const cases = choice.cases.map(({ when, chosen }) => `${textOf(when)} → ${chosen.join(' ')}`);
  return [...cases, `→ ${choice.otherwise.join(' ')}`];
}
const chosen = (text: string): string[] => shown(translateChoice(arrowOf(`() => ${text}`, names), taskIdOf));

describe('a branch', () => {
  test.each<[string, string[]]>([
    ['a', ['→ a']],
    ["'b'", ['→ b']],
    ['[]', ['→ ']],
    ['flag ? a : b', ['$params.flag → a', '→ b']],
    ['flag ? a : []', ['$params.flag → a', '→ ']],
    ['isDebug ? a : b', ['→ a']],
    ["n > 1 ? [a, 'b'] : group.all", ['$params.n > 1 → a b', '→ d e']],
    ['n > 2 ? a : n > 1 ? b : group.c', ['$params.n > 2 → a', '$params.n > 1 → b', '→ c']],
    ['flag ? (n > 1 ? a : b) : group.c', ['$params.flag and $params.n > 1 → a', '$params.flag → b', '→ c']],
    [
      'flag ? (n > 2 ? a : n > 1 ? b : []) : group.c',
      ['$params.flag and $params.n > 2 → a', '$params.flag and $params.n > 1 → b', '$params.flag → ', '→ c'],
    ],
    [
      '[a, ...(flag ? [b] : []), n > 1 ? group.c : group.all]',
      ['$params.flag and $params.n > 1 → a b c', '$params.flag → a b d e', '$params.n > 1 → a c', '→ a d e'],
    ],
    ['out.Payload.next', ['computed $check.Payload.next']],
    ['flag ? out.Payload.next : a', ["computed $params.flag ? $check.Payload.next : 'a'"]],
    ['`load_${out.Payload.kind}`', ["computed 'load_' & $check.Payload.kind"]],
    [
      '[a, out.Payload.next]',
      ["computed ['a', ($type($check.Payload.next) = 'array' ? [[$check.Payload.next]] : $check.Payload.next)]"],
    ],
  ])('%s', (text, wanted) => {
    expect(chosen(text)).toEqual(wanted);
  });

  test('of more ways than somebody would read is computed', () => {
    const many = `[${'flag ? a : b, '.repeat(40)}]`;
    expect(chosen(many)[0]).toMatch(/^computed \[/);
  });

  test('says what is wrong once', () => {
    const refuse = () => translateChoice(arrowOf('() => flag ? a : n + out.x > 1 ? b : new Date()', names), taskIdOf);
    expect(refuse).toThrow(/^DAG046 .*\nDAG042 .*$/);
  });
});
