import { expect, test } from '@jest/globals';
import { Dag, maybe } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { simulate } from '../../local/index.ts';
import { aws } from '../../tasks/index.ts';

/** Conditions of decisions that can fail while something still has to run: they are numbered in a Parallel that can catch. */

const call = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });

interface Answer {
  readonly rows: number;
  readonly list: readonly { readonly n: number }[];
  readonly isNew: boolean;
}

/** The functions that were called, where `a` answers this. */
async function called(place: (dag: Dag, answer: Answer, may: Answer | undefined) => void, Payload: Answer) {
  const dag = new Dag('decided');
  const a = dag.task('a', call('a'));
  place(dag, a.output.Payload as Answer, maybe(a.output.Payload as Answer));
  dag.task('last', call('last'), { triggerRule: 'all_done' }).after(a);
  const machine = JSON.parse(compileDag(dag).files.get('step_function.json') as string);
  const { events, status } = await simulate(machine, { mocks: { a: { '0': { Return: { Payload } } } } } as never);
  expect(status).toBe('SUCCEEDED');
  return events.flatMap((event) => ('name' in event && event.type === 'TaskStateEntered' ? [event.name] : [])).sort();
}

const small: Answer = { rows: 1, list: [{ n: 1 }], isNew: false };
const large: Answer = { rows: 9, list: [{ n: 9 }], isNew: true };

test.each([
  ['both', (a: Answer) => () => a.rows > 1 && (a.list[0]?.n as number) > 3],
  ['one of the two', (a: Answer) => () => a.rows > 100 || (a.list[0]?.n as number) > 3],
  ['a choice', (a: Answer) => () => (a.rows > 1 ? a.isNew : (a.list[0]?.n as number) > 3)],
])('a condition that is itself a choice decides: %s', async (_, predicate) => {
  const shortCircuit = (dag: Dag, a: Answer) => {
    dag.shortCircuit('go', predicate(a)).before(dag.task('work', call('work')));
  };
  expect(await called(shortCircuit, large)).toEqual(['a', 'last', 'work']);
  expect(await called(shortCircuit, small)).toEqual(['a', 'last']);
  const cases = (dag: Dag, a: Answer) => {
    const [yes, no] = ['yes', 'no'].map((id) => dag.task(id, call(id)));
    dag.if(predicate(a)).then(yes!).else(no!);
  };
  expect(await called(cases, large)).toEqual(['a', 'last', 'yes']);
  expect(await called(cases, small)).toEqual(['a', 'last', 'no']);
});

test('a condition over what may be missing decides', async () => {
  const place = (dag: Dag, _: Answer, may: Answer | undefined) => {
    dag
      .shortCircuit('go', () => (may?.rows as number) > 1 && (may?.list[0]?.n as number) > 3, {
        triggerRule: 'all_done',
      })
      .before(dag.task('work', call('work')));
  };
  expect(await called(place, large)).toEqual(['a', 'last', 'work']);
  expect(await called(place, small)).toEqual(['a', 'last']);
});
