import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { Dag, env, expr, param, verbatim } from '../../authoring/index.ts';
import { splitTokens } from '../../authoring/internal.ts';
import { jinjaIn } from '../../authoring/jinja.ts';
import { Stop } from '../../diagnostics/index.ts';
import { aws } from '../../tasks/index.ts';

const dag = new Dag('d', { env: { lake: env.bucket() }, params: { day: param.string() } });
const template = aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 't', Message: 'm' } });
const task = dag.task('a', template);
const group = dag.taskGroup('g');
group.task('b', template);
const branch = dag.if(() => dag.params.day === '1');
const chosen = branch.then(task);
const choice = dag.switch(() => dag.params.day).case('1', task);

const handed: readonly [string, object][] = [
  ['a task', task],
  ['a group', group],
  ['a DAG', dag],
  ['the env values', dag.env],
  ['the params', dag.params],
  ['a template', template],
  ['an if', branch],
  ['an if with its tasks', chosen],
  ['a switch', choice],
  ['a declared env value', env.bucket()],
  ['a declared param', param.string()],
];

describe.each(handed)('%s', (_, object) => {
  const value = object as unknown as number;

  test.each<[string, () => unknown]>([
    ['a template literal', () => `of ${value}`],
    ['String', () => String(value)],
    ['a list that is joined', () => [value].join()],
    ['>>', () => value >> 1],
    ['>> of a list', () => ([value] as unknown as number) >> 1],
    ['+', () => value + 1],
    ['<', () => value < 1],
    ['Number', () => Number(value)],
  ])('is refused by %s', (_name, use) => {
    expect(codesOf(use)).toEqual(['DAG072']);
  });

  test('can be looked at', () => {
    expect(inspect(object, { depth: 0 })).not.toBe('');
    expect(() => expect(object).toEqual({ other: 1 })).toThrow(/other/);
    expect(JSON.stringify(Object.keys(object))).toContain('[');
  });
});

test.each(['dag.if(() => task)', 'a condition in an expression'])('%s on a task is refused', (_) => {
  expect(codesOf(() => expr(() => (task ? 1 : 2)))).toEqual(['DAG072']);
});

describe('Jinja', () => {
  test.each([
    '{{ ds }}',
    '{{ds}}',
    '{{- ts_nodash -}}',
    '{{ (logical_date) }}',
    '{{ execution_date }}',
    '{{ next_ds }}',
    '{{ prev_ds_nodash }}',
    '{{ data_interval_start | ds }}',
    '{{ dag_run.conf.get("a") }}',
    "{{ params['a'] }}",
    '{{ params.a }}',
    '{{ ti.try_number }}',
    '{{ var.value.get("a", "b") }}',
    '{{ conn.a.host }}',
    '{{ macros.uuid() }}',
    '{{ run_id }}',
    '{{ task_instance_key_str }}',
    '{% if a %}',
    '{%- for a in b %}',
    "{% set x = '1' %}",
    '{{{{ ds }}}}',
  ])('%s is recognised', (text) => {
    expect(jinjaIn(`a ${text} b`)).toHaveLength(1);
  });

  test.each([
    '{"a":{"b":{"c":1}}}',
    '{{resolve:ssm:a}}',
    '{{name}}',
    '{{ user.name }}',
    '{{#each params}}{{this}}{{/each}}',
    '{{> partial}}',
    '{{dsn}}',
    '{{tsx}}',
    '{{ params }}',
    '{{taskName}}',
    '{{ task.name }}',
    '{{conf}}',
    '{{ $json.ds }}',
    '{{.Values.ds}}',
    '{% $states.input %}',
    '{%',
    '}}',
    '${{ github.ref }}',
    '{{ now() }}',
    '{{variable}}',
    '{{paramsList}}',
  ])('%s is somebody else’s', (text) => {
    expect(jinjaIn(text)).toEqual([]);
  });

  test('that is verbatim is the text itself, wherever it goes', () => {
    const text = '{{ ds }} {% if a %} ${lake} {# note #}';
    expect(jinjaIn(verbatim(text))).toEqual([]);
    expect(splitTokens(`a ${verbatim(text)}`)).toEqual([{ text: `a ${text}` }]);
    expect(splitTokens(JSON.stringify({ text: verbatim(text) }))).toEqual([{ text: JSON.stringify({ text }) }]);
  });
});

function codesOf(use: () => unknown): string[] {
  try {
    use();
    return [];
  } catch (error) {
    if (error instanceof Stop) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}
