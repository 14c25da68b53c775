import { describe, expect, test } from '@jest/globals';
import { expr } from '../../../authoring/index.ts';
import { reference, type Schema } from '../../../authoring/reference.ts';
import { shapeOfFields } from '../../../authoring/shape.ts';
import { jsonataFor } from './translated.ts';

const param = (name: string, schema: Schema) =>
  reference({ kind: 'param', path: [name] }, schema.type === 'object' || schema.type === undefined, undefined, schema);
const output = (fields?: { readonly [name: string]: true }) =>
  reference({ kind: 'output', path: ['d', 'task'] }, true, fields && shapeOfFields(fields));

const names = {
  n: param('n', { type: 'number', default: 1 }),
  m: param('m', { type: 'integer', default: 2 }),
  s: param('s', { type: 'string', default: 's' }),
  e: param('e', { enum: ['x', 'y'], default: 'x' }),
  b: param('b', { type: 'boolean', default: true }),
  xs: param('xs', { type: 'array', default: [] }),
  o: param('o', { type: 'object', default: {} }),
  j: param('j', {}),
  out: output(),
  known: output({ Id: true }),
  lake: reference({ kind: 'env', path: ['lake'] }, false),
  date: reference({ kind: 'logicalDate', path: [] }, false),
  limit: 5,
  config: { max: 10, names: ['a', "it's"], nested: { deep: null } },
  list: ['a', 'b'],
  nothing: undefined,
  isDebug: false,
};
const of = (text: string): string => jsonataFor(`() => ${text}`, names);

describe('an arrow becomes JSONata', () => {
  test.each<[string, string]>([
    // Literals and what is captured.
    ['1', '1'],
    ['-1.5', '-1.5'],
    ["'a'", "'a'"],
    ['"it\'s"', '"it\'s"'],
    ["'${x} {% %}'", "('$' & '{x} {' & '% %' & '}')"],
    ['null', 'null'],
    ['limit', '5'],
    ['config.max', '10'],
    ['config.names[1]', '"it\'s"'],
    ['config', "{'max': 10, 'names': ['a', \"it's\"], 'nested': {'deep': null}}"],
    ['limit * 2 + 1', '11'],
    ["isDebug ? out.a : 'x'", "'x'"],
    // References.
    ['n', '$params.n'],
    ['date', '$logicalDate'],
    ['lake', "'${lake}'"],
    ['`s3://${lake}/x/${s}`', "'s3://${lake}/x/' & $params.s"],
    ['out', '$task'],
    ['out.a.b', '$task.a.b'],
    ["out['a b']", '$task.`a b`'],
    ["out['a`b']", "$lookup($task, 'a`b')"],
    ['j.true', '$params.j.`true`'],
    ['out.items[0].name', '$task.items[0].name'],
    ['out.rows[0][1]', '($task.rows[0])[1]'],
    ['o[s]', '$lookup($params.o, $params.s)'],
    // + of numbers and of texts.
    ['n + m', '$params.n + $params.m'],
    ['s + e', '$params.s & $params.e'],
    ["s + n + '!'", "$params.s & $params.n & '!'"],
    ['n - (m - 1)', '$params.n - ($params.m - 1)'],
    ['(n + m) * 2', '($params.n + $params.m) * 2'],
    ['n * m / 2 % 3', '$params.n * $params.m / 2 % 3'],
    ['n ** 2', '$power($params.n, 2)'],
    ['-n', '-$params.n'],
    ['Number(j.a) + Number(out.b)', '$number($params.j.a) + $number($task.b)'],
    ['String(n)', '$string($params.n)'],
    // Equality.
    ['n === 1', '$params.n = 1'],
    ['n !== 1', '$not($params.n = 1)'],
    ["out.state === 'READY'", "$task.state = 'READY'"],
    ['out.a === undefined', '$not($exists($task.a))'],
    ['out.a !== undefined', '$exists($task.a)'],
    ['out.a === nothing', '$not($exists($task.a))'],
    ['out.a == null', '$not($task.a != null)'],
    ['out.a != null', '$task.a != null'],
    ['out.a === null', '$task.a = null'],
    ['out.a.x === out.b.x', '$task.a.x = $task.b.x or $not($exists($task.a.x) or $exists($task.b.x))'],
    // What may be missing.
    ['out.a ?? 1', '$task.a != null ? $task.a : 1'],
    ['out.a ?? out.b ?? 1', '$task.a != null ? $task.a : $task.b != null ? $task.b : 1'],
    ['out.a?.b', '$task.a.b'],
    ['s ?? 1', '$params.s'],
    ['(b ? j.x : j.y) ?? 1', '($it := $params.b ? $params.j.x : $params.j.y; $it != null ? $it : 1)'],
    // Logic.
    ['b && n > 1', '$params.b and $params.n > 1'],
    ['b || n > 1', '$params.b or $params.n > 1'],
    ['b && (n > 1 || s === e)', '$params.b and ($params.n > 1 or $params.s = $params.e)'],
    ['b && out.a > 1', '$params.b ? $task.a > 1 : false'],
    ['b || out.a > 1', '$params.b ? true : $task.a > 1'],
    ['!b', '$not($params.b)'],
    ["s || 'd'", "$boolean($params.s) ? $params.s : 'd'"],
    ['n || 7', '$boolean($params.n) ? $params.n : 7'],
    // Truth.
    ['!n', '$not($boolean($params.n))'],
    ['!s', '$not($boolean($params.s))'],
    ['!xs', '$not($exists($params.xs))'],
    ['!o', '$not($params.o != null)'],
    ['!j', "$not($type($params.j) in ['array', 'object'] or $boolean($params.j))"],
    ['b ? 1 : 2', '$params.b ? 1 : 2'],
    ['b ? (n > 1 ? 1 : 2) : 3', '$params.b ? ($params.n > 1 ? 1 : 2) : 3'],
    ['Boolean(s)', '$boolean($params.s)'],
    // Text.
    ['`x${n}`', "'x' & $params.n"],
    ['`${n}`', '$string($params.n)'],
    ['`${s}`', '$params.s'],
    ['`${n + 1}:${b ? s : e}`', "($params.n + 1) & ':' & ($params.b ? $params.s : $params.e)"],
    // Length and includes.
    ['s.length', '$length($params.s)'],
    ['xs.length', '$count($params.xs)'],
    ['list.length', '2'],
    ['s.includes(e)', '$contains($params.s, $params.e)'],
    ['xs.includes(n)', '$params.n in $params.xs'],
    ['list.includes(s)', "$params.s in ['a', 'b']"],
    ['String(j).includes(s)', '$contains($string($params.j), $params.s)'],
    ['[...out.a].includes(s)', '$params.s in [$task.a]'],
    // Lists and objects.
    ['[n, s]', '[$params.n, $params.s]'],
    ['[xs, n]', '[[$params.xs], $params.n]'],
    ['[...xs, n]', '[$params.xs, $params.n]'],
    ['[[n], [...xs]]', '[[$params.n], [$params.xs]]'],
    ['[out.a]', "[($type($task.a) = 'array' ? [[$task.a]] : $task.a)]"],
    ["({ a: n, 'b c': { d: s } })", "{'a': $params.n, 'b c': {'d': $params.s}}"],
    ['({ s, [list[0]]: 1 })', "{'s': $params.s, 'a': 1}"],
    // Comparison.
    ['n < 2', '$params.n < 2'],
    ['s >= e', '$params.s >= $params.e'],
    ['out.rows > limit', '$task.rows > 5'],
  ])('%s', (text, wanted) => {
    expect(of(text)).toBe(wanted);
  });

  test('a variable of its own hides no task’s', () => {
    const it = reference({ kind: 'output', path: ['d', 'it'] }, true);
    const text = jsonataFor('() => (b ? it.x : it.y) ?? it.z', { ...names, it });
    expect(text).toBe('($it2 := $params.b ? $it.x : $it.y; $it2 != null ? $it2 : $it.z)');
  });

  test('an expression stands in another, in text and in lists', () => {
    const half = expr(() => names.n as number) as unknown;
    expect(jsonataFor('() => [half, `${half}!`, half > 1]', { half })).toBe(
      "[$params.n, $params.n & '!', $params.n > 1]",
    );
    expect(jsonataFor('() => text', { text: `is ${half}` })).toBe("'is ' & $params.n");
  });
});
