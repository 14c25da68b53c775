import { describe, expect, it } from '@jest/globals';
import { matchesWildcards } from '../../../asl/json-path/conditions.ts';
import { pass, run, runJsonPath } from './run.ts';

/** What would take for ever, or all memory, ends in a failure. The texts are long enough that only a bound ends them. */
const slow = `${'a'.repeat(60)}b`;

describe('hostile expressions', () => {
  it.each([
    ['$contains($states.input, /(a+)+$/)', 'timeout'],
    ["$replace($states.input, /(a|aa)+$/, 'x')", 'timeout'],
    ['$match($states.input, /(.*)*c/)', 'timeout'],
    ['($f := function() { $f() }; $f())', 'timeout'],
    ['$map([1..10000], function($v) { $map([1..10000], function($w) { $v }) })', 'timeout'],
    ['($f := function($n) { [$f($n), 1] }; $f(0))', 'Stack overflow'],
    ["$join($map([1..1000], function($v) { $pad('', 10000, 'x') }))", 'memory limit'],
    ["$replace($pad('', 4000, 'x'), 'x', $pad('', 4000, 'y'))", 'memory limit'],
  ])('%s', async (text, bound) => {
    const { error, cause } = await run(
      { A: pass({ Output: `{% ${text} %}` }) },
      // The steps of an endless one are counted, not timed.
      { input: slow, expressionBounds: { steps: 20_000, milliseconds: Number.POSITIVE_INFINITY } },
    );
    expect([error, cause]).toEqual(['States.QueryEvaluationError', expect.stringContaining(bound)]);
  });

  it('a path', async () => {
    const A = pass({ Parameters: { 'x.$': '$[?(@ =~ /(a+)+c/)]' } });
    expect((await runJsonPath({ A }, { input: [slow] })).error).toBe('States.Runtime');
  });
});

describe('wildcards', () => {
  it.each([
    ['', '', true],
    ['', '*', true],
    ['a', '', false],
    ['log-1.txt', 'log-*.txt', true],
    ['log-.txt', 'log-*.txt', true],
    ['log-1.tx', 'log-*.txt', false],
    ['aa', 'a*a', true],
    ['a', 'a*a', false],
    ['a*b', 'a\\*b', true],
    ['axb', 'a\\*b', false],
    ['a\\b', 'a\\\\b', true],
    ['a\\xb', 'a\\\\*b', true],
    ['abcabc', '*b*c', true],
    ['a\nb', 'a*b', true],
    ['a.b', 'a.b', true],
    ['axb', 'a.b', false],
  ])('%j is like %j: %j', (text, pattern, like) => {
    expect(matchesWildcards(text, pattern)).toBe(like);
  });

  it('many of them take no time', () => {
    expect(matchesWildcards('a'.repeat(100_000), `${'*a'.repeat(50)}b`)).toBe(false);
  });
});
