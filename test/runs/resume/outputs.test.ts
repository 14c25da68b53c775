import { describe, expect, test } from '@jest/globals';
import { createVirtualClock, type HistoryEvent, interpret, type StateMachine, validate } from '../../../asl/index.ts';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { fillPlaceholders } from '../../../asl/placeholders/index.ts';
import { Dag, env, expr, param, type TaskRef } from '../../../authoring/index.ts';
import { compileDag } from '../../../compiler/index.ts';
import type { Manifest, ManifestGraph } from '../../../manifest/manifest.ts';
import { compileResume } from '../../../runs/resume/compile-resume.ts';
import { literal, literalValue } from '../../../runs/resume/machine.ts';
import { openCall } from '../../open-call.ts';

/** What finished tasks answered stands in the machine of what remains; today's templates, files and retries are used. */

const ODD = { text: '{% $boom %}', half: "it's 100 %} ${lake}", list: [1, null, { deep: '{%' }], id: 'i-1' };
const fill = <T extends StateMachine | Json>(document: T): T =>
  fillPlaceholders(document as never, { lake: 'my-lake' }) as T;

type Answers = { readonly [task: string]: { readonly error?: string; readonly result?: Json } };

interface Made {
  readonly definition: StateMachine;
  readonly manifest: Manifest & { readonly graph: ManifestGraph };
}

function made(dag: Dag): Made {
  const { files } = compileDag(dag as never);
  return {
    definition: fill(JSON.parse(files.get('step_function.json')!) as StateMachine),
    manifest: JSON.parse(files.get('manifest.json')!) as Made['manifest'],
  };
}

async function run(definition: StateMachine, input: JsonObject, answers: Answers) {
  const calls: { task: string; given: Json }[] = [];
  const { events, status } = await interpret(definition, {
    input,
    clock: createVirtualClock(0),
    random: () => 0.5,
    tasks: ({ state, arguments: given }) => {
      calls.push({ task: state, given: given as Json });
      const { error, result = {} } = answers[state] ?? {};
      return error === undefined ? { result } : { error };
    },
  });
  return { events, status, calls };
}

async function resumed(today: Made, definition: StateMachine, events: readonly HistoryEvent[], input: JsonObject) {
  const past = { name: 'run-1', startedAt: '2026-01-01T00:00:00Z', definition, events, input };
  const next = await compileResume(today.manifest, past, fill);
  if (next.definition !== undefined)
    expect(validate(JSON.stringify(next.definition)).filter(({ severity }) => severity === 'error')).toEqual([]);
  return next;
}

const send = openCall;

function reading(body = (made: TaskRef<never>) => made.output as unknown, retries = 0): Dag {
  const dag = new Dag('reading', { env: { lake: env.bucket() } });
  const make = dag.task('make', send(`s3://${dag.env.lake}`));
  const use = dag.task('use', send(body(make as never)), { retries });
  const more = dag.task('more', send(expr(() => (make.output as { id: string }).id))).after(use);
  dag.task('last', send('end')).after(more);
  return dag;
}

test('an output is handed on as it was, whatever it looks like, and once more by the next resume', async () => {
  const dag = made(reading());
  const input = { params: {} };
  const first = await run(dag.definition, input, { make: { result: ODD }, use: { error: 'Boom' } });
  expect(first.status).toBe('FAILED');
  const second = await resumed(dag, dag.definition, first.events, input);
  const again = await run(second.definition!, second.input, { more: { error: 'Boom' } });
  expect(again.calls.map(({ task }) => task)).toEqual(['use', 'more']);
  expect(again.calls[0]!.given).toMatchObject({ MessageBody: ODD });
  const third = await resumed(dag, second.definition!, again.events, second.input);
  const end = await run(third.definition!, third.input, {});
  expect(end.status).toBe('SUCCEEDED');
  expect(end.calls.map(({ task, given }) => [task, (given as JsonObject).MessageBody])).toEqual([
    ['more', 'i-1'],
    ['last', 'end'],
  ]);
});

test('today’s templates are used on outputs of before', async () => {
  const [old, today] = [made(reading()), made(reading((make) => `id ${(make.output as { id: string }).id}`, 2))];
  const input = {};
  const { events } = await run(old.definition, input, { make: { result: ODD }, use: { error: 'Boom' } });
  const next = await resumed(today, old.definition, events, input);
  expect(next.definition!.States.use).toMatchObject({ Retry: [{ MaxAttempts: 2 }] });
  const { calls } = await run(next.definition!, next.input, {});
  expect(calls[0]!.given).toMatchObject({ MessageBody: 'id i-1' });
});

test('an output that neither the history nor the run before kept is told', async () => {
  const [old, today] = [made(reading(() => 'nothing')), made(reading())];
  const input = {};
  const answers = { make: { result: ODD }, use: { error: 'Boom' } };
  const { events } = await run(old.definition, input, answers);
  const second = await resumed(old, old.definition, events, input);
  const again = await run(second.definition!, second.input, { use: { error: 'Boom' } });
  // `more` reads one field of it: that is what the machine was given.
  const third = await resumed(today, second.definition!, again.events, second.input);
  expect(third.missing).toEqual([]);
  const { variables: _, ...forgotten } = second.input.resumes as JsonObject;
  const resumes = { ...forgotten, variables: {} };
  expect((await resumed(today, second.definition!, again.events, { ...second.input, resumes })).missing).toEqual([
    'make',
  ]);
});

test('a run that was stopped when everything was done leaves nothing', async () => {
  const dag = made(reading());
  const { events } = await run(dag.definition, {}, { make: { result: ODD } });
  const { id, timestamp } = events.at(-1)!;
  const stopped = [...events.slice(0, -1), { id, previousEventId: 0, timestamp, type: 'ExecutionAborted' }];
  expect(await resumed(dag, dag.definition, stopped, {})).toMatchObject({ definition: undefined, missing: [] });
});

test('a task of the run that is none of today’s is told', async () => {
  const dag = new Dag('reading');
  dag.task('other', send('x'));
  const old = made(reading());
  const { events } = await run(old.definition, {}, { make: { result: ODD }, use: { error: 'Boom' } });
  const next = await resumed(made(dag), old.definition, events, {});
  expect(next.strangers).toEqual(['make', 'use']);
});

test('a date that the first run took from its start stays', async () => {
  const dag = new Dag('dated');
  const first = dag.task('first', send('x'));
  dag.task('second', send(`on ${dag.logicalDate}`)).after(first);
  const today = made(dag);
  const { events } = await run(today.definition, {}, { second: { error: 'Boom' } });
  const next = await resumed(today, today.definition, events, {});
  const { calls } = await run(next.definition!, next.input, {});
  expect(calls.map(({ given }) => (given as JsonObject).MessageBody)).toEqual(['on 2026-01-01T00:00:00Z']);
});

describe('a decision that was made', () => {
  const deciding = () => {
    const dag = new Dag('deciding', { params: { big: param.boolean({ default: false }) } });
    const cluster = dag.setup('cluster', send('cluster'));
    const count = dag.task('count', send('count'));
    const large = dag.task('large', send('large')).after(cluster);
    const small = dag.task('small', send('small'));
    dag.teardown('gone', send('gone'), { setups: [cluster] }).after(large);
    dag.branch('choose', () => ((count.output as { n: number }).n > 10 ? 'large' : 'small')).before(large, small);
    dag.task('join', send('join'), { triggerRule: 'none_failed_min_one_success' }).after(large, small);
    return made(dag);
  };

  test('is not made again, and no setup is made for what it passed over', async () => {
    const dag = deciding();
    const { events } = await run(dag.definition, {}, { count: { result: { n: 1 } }, small: { error: 'Boom' } });
    const next = await resumed(dag, dag.definition, events, {});
    expect([...next.remaining.tasks].sort()).toEqual(['join', 'small']);
    expect(Object.keys(next.definition!.States)).toEqual(['small', 'join']);
    const { calls, status } = await run(next.definition!, next.input, {});
    expect([status, calls.map(({ task }) => task)]).toEqual(['SUCCEEDED', ['small', 'join']]);
  });

  test('still says what it chose to those who read it', async () => {
    const dag = new Dag('asked');
    const count = dag.task('count', send('count'));
    const a = dag.task('a', send('a'));
    const choose = dag.branch('choose', () => ((count.output as { n: number }).n > 10 ? 'a' : 'b')).before(a);
    const b = dag.task('b', send(choose.output)).after(choose);
    dag.task('end', send('end'), { triggerRule: 'none_failed' }).after(a, b);
    const today = made(dag);
    const first = await run(today.definition, {}, { count: { result: { n: 1 } }, b: { error: 'Boom' } });
    const whole = first.calls.find(({ task }) => task === 'b')!.given;
    expect(whole).toMatchObject({ MessageBody: ['b'] });
    const next = await resumed(today, today.definition, first.events, {});
    const { calls } = await run(next.definition!, next.input, {});
    expect(calls).toEqual([{ task: 'b', given: whole }, expect.objectContaining({ task: 'end' })]);
  });

  test('may leave an output missing, which what follows reads guarded', async () => {
    const dag = new Dag('guarded');
    const count = dag.task('count', send('count'));
    const a = dag.task('a', send('a'));
    const b = dag.task('b', send('b'));
    dag.branch('choose', () => ((count.output as { n: number }).n > 10 ? 'a' : 'b')).before(a, b);
    const [of, other] = [a.output, b.output] as { readonly v?: string }[];
    const body = expr(() => `${of?.v ?? 'none'}, ${other?.v ?? 'none'}`);
    dag.task('join', send(body), { triggerRule: 'none_failed_min_one_success' }).after(a, b);
    const today = made(dag);
    const answers = { count: { result: { n: 1 } }, b: { result: { v: 'seen' } } };
    const first = await run(today.definition, {}, { ...answers, join: { error: 'Boom' } });
    const whole = first.calls.find(({ task }) => task === 'join')!;
    expect(whole.given).toMatchObject({ MessageBody: 'none, seen' });
    const next = await resumed(today, today.definition, first.events, {});
    const { calls, status } = await run(next.definition!, next.input, {});
    expect([status, calls]).toEqual(['SUCCEEDED', [whole]]);
  });

  test('leaves the setups of what it chose to be made anew, with their teardowns', async () => {
    const dag = deciding();
    const { events } = await run(dag.definition, {}, { count: { result: { n: 11 } }, large: { error: 'Boom' } });
    const next = await resumed(dag, dag.definition, events, {});
    expect(next.remaining.anew).toEqual(['cluster']);
    const { calls, status } = await run(next.definition!, next.input, {});
    expect([status, calls.map(({ task }) => task).sort()]).toEqual(['SUCCEEDED', ['cluster', 'gone', 'join', 'large']]);
  });
});

test('any value as a literal is that value', () => {
  for (const value of [ODD, '%}', '{%', '{% 1 %}', '{% \' " \\ %}', 'plain', 1, null, [], {}]) {
    expect(literalValue(literal(value as Json))).toEqual(value);
  }
});
