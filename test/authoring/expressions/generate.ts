import fc from 'fast-check';
import type { Kind } from '../../../authoring/expressions/term.ts';

/**
 * Random expressions. `text` is what somebody would write; `traced` computes the same in JavaScript, and writes down where JSONata is
 * known to differ (docs: the third column of the table of translations).
 */
export interface Source {
  readonly text: string;
  readonly traced: string;
}

/** What random expressions read: params of each kind, and the output of a task. */
export const NAMES = {
  number: ['p.n', 'p.m'],
  text: ['p.s', 'p.t'],
  boolean: ['p.b', 'p.c'],
  list: ['p.xs', 'p.ys'],
  object: ['p.o'],
} as const;

const plain = (text: string): Source => ({ text, traced: text });
const ANY: readonly Source[] = [
  plain('p.j'),
  plain('null'),
  plain('p.o.a'),
  plain('p.o.b'),
  plain('out.a'),
  plain('out.b'),
  plain('p.xs[0]'),
  { text: 'p.j.a', traced: "t.member(p.j, 'a')" },
  { text: 'p.j?.a', traced: "t.field(p.j, 'a')" },
  { text: 'p.j?.a?.b', traced: "t.field(t.field(p.j, 'a'), 'b')" },
  { text: 'p.o.a?.b', traced: "t.field(p.o.a, 'b')" },
  { text: 'out.a?.c', traced: "t.field(out.a, 'c')" },
];
const build = (parts: TemplateStringsArray, values: readonly Source[], pick: 'text' | 'traced'): string =>
  parts.reduce((all, part, i) => `${all}${part}${values[i]?.[pick] ?? ''}`, '');
/** The same text on both sides. */
const same = (parts: TemplateStringsArray, ...values: readonly Source[]): Source => ({
  text: build(parts, values, 'text'),
  traced: build(parts, values, 'traced'),
});
/** A call of the tracer's in place of what is written. */
const traced = (source: Source, call: string): Source => ({ text: source.text, traced: call });

const NUMBERS = fc.oneof(fc.integer({ min: -9, max: 99 }), fc.constantFrom(0, 0.5, 1.25, 1000, 1e21));
const TEXTS = fc.constantFrom('', 'a', 'b', 'ab', "it's", '"', '${x}', '%}', 'é', '\n', '0');

/** Expressions of each kind, at most so deep. */
export function sources(depth: number): Record<Exclude<Kind, 'null'>, fc.Arbitrary<Source>> {
  const leaf = (kind: keyof typeof NAMES) => fc.constantFrom(...NAMES[kind]).map(plain);
  const number = leaf('number');
  const literals = {
    number: NUMBERS.map((n) => plain(n < 0 ? `(${n})` : String(n))),
    text: TEXTS.map((s) => plain(JSON.stringify(s))),
    boolean: fc.constantFrom('true', 'false').map(plain),
    list: fc.constantFrom('[]', '[1, 2]', '["a"]', '[[1], 2]', '[[]]').map(plain),
    object: fc.constantFrom('({})', '({ a: 1, b: "x" })', '({ a: { c: [1] } })').map(plain),
  };
  const first = {
    number: fc.oneof(number, literals.number),
    text: fc.oneof(leaf('text'), literals.text),
    boolean: fc.oneof(leaf('boolean'), literals.boolean),
    list: fc.oneof(leaf('list'), literals.list),
    object: fc.oneof(leaf('object'), literals.object),
    any: fc.constantFrom(...ANY),
  };
  if (depth === 0) return first;
  const s = sources(depth - 1);
  const every = fc.oneof(s.number, s.text, s.boolean, s.list, s.object, s.any);
  const scalar = fc.oneof(s.number, s.text, s.boolean, s.any);
  const either = <T>(one: fc.Arbitrary<T>) => fc.tuple(every, one, one);
  const conditional = (kind: Exclude<Kind, 'null'>) => either(s[kind]).map(([t, a, b]) => same`(${t} ? ${a} : ${b})`);
  const infix = (operators: readonly string[], a: fc.Arbitrary<Source>, b = a) =>
    fc
      .tuple(fc.constantFrom(...operators), a, b)
      .map(([o, l, r]): Source => ({ text: `(${l.text} ${o} ${r.text})`, traced: `(${l.traced} ${o} ${r.traced})` }));
  const compared = fc
    .tuple(
      fc.constantFrom('<', '<=', '>', '>='),
      fc.oneof(
        fc.tuple(s.number, s.number),
        fc.tuple(s.text, s.text),
        fc.tuple(s.any, fc.oneof(s.number, s.text, s.any)),
      ),
    )
    .map(
      ([o, [l, r]]): Source =>
        traced(
          { text: `(${l.text} ${o} ${r.text})`, traced: '' },
          `t.compare(${JSON.stringify(o)}, ${l.traced}, ${r.traced})`,
        ),
    );
  const equal = fc
    .tuple(fc.constantFrom('===', '!=='), scalar, scalar)
    .map(
      ([o, l, r]): Source =>
        traced(
          { text: `(${l.text} ${o} ${r.text})`, traced: '' },
          `t.equal(${JSON.stringify(o)}, ${l.traced}, ${r.traced})`,
        ),
    );
  const nothing = fc
    .tuple(every, fc.constantFrom('=== undefined', '!== undefined', '== null', '!= null', '=== null', '!== null'))
    .map(([a, o]): Source => ({ text: `(${a.text} ${o})`, traced: `(${a.traced} ${o})` }));
  const arithmetic = fc
    .tuple(fc.constantFrom('-', '*', '/', '%', '+'), s.number, s.number)
    .map(
      ([o, l, r]): Source =>
        traced(
          { text: `(${l.text} ${o} ${r.text})`, traced: '' },
          `t.arithmetic(${JSON.stringify(o)}, ${l.traced}, ${r.traced})`,
        ),
    );
  const converted = fc.oneof(s.any, s.text).map((a) => traced(same`Number(${a})`, `t.number(${a.traced})`));
  const template = fc.array(fc.tuple(fc.constantFrom('', 'x', '-', "'"), scalar), { minLength: 1, maxLength: 3 }).map(
    (parts): Source => ({
      text: `\`${parts.map(([text, a]) => `${text}\${${a.text}}`).join('')}\``,
      traced: `t.text([${parts.map(([text, a]) => `${JSON.stringify(text)}, ${a.traced}`).join(', ')}])`,
    }),
  );
  const items = fc.array(fc.oneof(every, fc.constant(undefined)), { maxLength: 3 }).map((all): Source => {
    const elements = all.filter((a) => a !== undefined);
    return {
      text: `[${elements.map((a) => a.text).join(', ')}]`,
      traced: `t.list([${elements.map((a) => a.traced).join(', ')}])`,
    };
  });
  return {
    number: fc.oneof(
      first.number,
      arithmetic,
      conditional('number'),
      s.text.map((a) => traced(same`(${a}).length`, `t.length(${a.traced})`)),
      s.list.map((a) => same`(${a}).length`),
      converted,
      s.number.map((a) => traced(same`(-${a})`, `t.arithmetic('-', 0, ${a.traced})`)),
    ),
    text: fc.oneof(
      first.text,
      template,
      conditional('text'),
      fc.tuple(s.text, s.text).map(([a, b]) => same`(${a} + ${b})`),
      fc
        .tuple(s.text, fc.oneof(s.number, s.any))
        .map(([a, b]) => traced(same`(${a} + ${b})`, `t.text([${a.traced}, ${b.traced}])`)),
      fc.tuple(s.text, s.text).map(([a, b]) => same`(${a} || ${b})`),
    ),
    boolean: fc.oneof(
      first.boolean,
      compared,
      equal,
      nothing,
      infix(['&&', '||'], s.boolean),
      every.map((a) => same`!${a}`),
      every.map((a) => same`Boolean(${a})`),
      fc.tuple(s.text, s.text).map(([a, b]) => same`(${a}).includes(${b})`),
      fc
        .tuple(s.list, scalar)
        .map(([a, b]) => traced(same`(${a}).includes(${b})`, `t.includes(${a.traced}, ${b.traced})`)),
      conditional('boolean'),
    ),
    list: fc.oneof(
      first.list,
      items,
      conditional('list'),
      fc.tuple(s.list, every).map(([a, b]) => traced(same`[...${a}, ${b}]`, `t.list([...${a.traced}, ${b.traced}])`)),
    ),
    object: fc.oneof(
      first.object,
      conditional('object'),
      fc.tuple(every, every).map(([a, b]) => same`({ a: ${a}, 'b c': ${b} })`),
    ),
    any: fc.oneof(
      first.any,
      infix(['??', '||', '&&'], every).filter(({ text }) => !/\?\?/.test(text) || !/&&|\|\|/.test(text)),
      fc.tuple(every, every, every).map(([t, a, b]) => same`(${t} ? ${a} : ${b})`),
      fc
        .tuple(s.any, fc.constantFrom('a', 'b'))
        .map(([a, f]) =>
          traced({ text: `(${a.text})?.${f}`, traced: '' }, `t.field(${a.traced}, ${JSON.stringify(f)})`),
        ),
    ),
  };
}
