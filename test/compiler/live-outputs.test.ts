import { expect, test } from '@jest/globals';
import { validate } from '../../asl/index.ts';
import { Dag, expr, maybe, type TaskRef } from '../../authoring/index.ts';
import { variableNames } from '../../compiler/6-emit/variable-names.ts';
import { compileDag } from '../../compiler/index.ts';
import { simulate } from '../../local/index.ts';
import { aws, glue } from '../../tasks/index.ts';

/** In which scopes an output lives, and under which names. The plain forms are directories of test/cases/. */

const say = (Message: string) =>
  aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message } });

const machineOf = (dag: Dag) => compileDag(dag).files.get('step_function.json') as string;

/** What each task was given as its message, by its id. */
async function messagesOf(dag: Dag, answers: { readonly [task: string]: object }) {
  const mocks = Object.fromEntries(Object.entries(answers).map(([task, answer]) => [task, { '0': answer }]));
  const { status, events, error } = await simulate(JSON.parse(machineOf(dag)), { mocks } as never);
  const messages = events.flatMap((event) =>
    'taskScheduledEventDetails' in event
      ? [
          (JSON.parse((event.taskScheduledEventDetails as { parameters: string }).parameters) as { Message: string })
            .Message,
        ]
      : [],
  );
  return { status, error, messages };
}

test('a variable is named after its task, and never like a function, a list of records or what an expression keeps to itself', () => {
  const names = variableNames(
    ['count', 'ended', 'ended2', 'chosen', 'params', 'toString', '2023', 'a.b', 'a-b', 'a_b', 'started', 'é'],
    ['started'],
    () => 1,
  );
  expect(Object.fromEntries(names)).toEqual({
    count: ['count_2'],
    ended: ['ended_2'],
    ended2: ['ended2_2'],
    chosen: ['chosen_2'],
    params: ['params_2'],
    toString: ['toString_2'],
    '2023': ['_2023'],
    'a-b': ['a_b'],
    'a.b': ['a_b_2'],
    a_b: ['a_b_3'],
    started: ['started_2'],
    é: ['é'],
  });
});

test('what leaves a branch has a name of its own behind it, at most 80 characters long', () => {
  const long = 'x'.repeat(80);
  const names = variableNames(['load', 'load_output', long, `1${'x'.repeat(79)}`], [], (task) =>
    task === 'load_output' ? 1 : 3,
  );
  expect(names.get('load')).toEqual(['load', 'load_output_2', 'load_output_3']);
  expect(names.get('load_output')).toEqual(['load_output']);
  expect(new Set([...names.values()].flat()).size).toBe([...names.values()].flat().length);
  for (const name of [...names.values()].flat()) expect([...name].length).toBeLessThanOrEqual(80);
});

test('tasks whose states keep variables can stand before, beside and within each other', () => {
  const dag = new Dag('crawls');
  const crawl = () => glue.crawl({ database: 'd', role: 'arn:aws:iam::111122223333:role/crawler', path: 's3://b/x' });
  const first = dag.task('first', crawl());
  const left = dag.task('left', crawl()).after(first);
  const right = dag.task('right', crawl()).after(first);
  const last = dag.task('last', crawl()).after(left, right);
  dag.task('retried', crawl(), { retries: 1 }).after(last);
  expect(validate(machineOf(dag)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

/** Two branches; `answer` is read beside it, behind the join, and behind the one around that. */
function wide(read: (answer: TaskRef<{ MessageId: string }>) => string) {
  const dag = new Dag('wide');
  const start = dag.task('start', say('start'));
  const answer = dag.task('answer', say('answer')).after(start);
  const beside = dag.task('beside', say('beside')).after(start);
  const near = dag.task('near', say(read(answer as never)), { triggerRule: 'all_done' }).after(answer);
  const joined = dag.task('joined', say(read(answer as never)), { triggerRule: 'all_done' }).after(near, beside);
  const far = dag.task('far', say('far')).after(start);
  dag.task('end', say(read(answer as never)), { triggerRule: 'all_done' }).after(joined, far);
  return dag;
}

const FINE = ['start', 'beside', 'near', 'joined', 'far', 'end'];
const answers = (answer: object) => ({
  ...Object.fromEntries(FINE.map((task) => [task, { Return: { MessageId: `m-${task}` } }])),
  answer,
});

test.each<[string, (answer: TaskRef<{ MessageId: string }>) => string, string, string]>([
  ['a field', (t) => `${expr(() => maybe(t.output.MessageId) ?? 'none')}`, 'm-1', 'none'],
  ['the whole', (t) => `${expr(() => (maybe(t.output) === undefined ? 'gone' : 'there'))}`, 'there', 'gone'],
])('%s that is missing is missing behind each join', async (_, read, there, missing) => {
  const well = await messagesOf(wide(read), answers({ Return: { MessageId: 'm-1' } }));
  expect(well.status).toBe('SUCCEEDED');
  expect(well.messages.filter((message) => message === there)).toHaveLength(3);
  const without = await messagesOf(wide(read), answers({ Throw: { Error: 'Boom' } }));
  expect(without.messages.filter((message) => message === missing)).toHaveLength(3);
});

test('a teardown that fails the run leaves its own error, after a task that something behind it reads, too', async () => {
  const dag = new Dag('torn');
  const room = dag.setup('room', say('room'));
  const work = dag.task('work', say('work')).after(room);
  const torn = dag.teardown('torn', say('torn'), { setups: [room] }).after(work);
  dag.task('behind', say('behind')).after(torn);
  const fine = Object.fromEntries(['room', 'work', 'behind'].map((id) => [id, { Return: { MessageId: id } }]));
  const { status, error, messages } = await messagesOf(dag, { ...fine, torn: { Throw: { Error: 'Stuck' } } });
  expect({ status, error, messages }).toEqual({ status: 'FAILED', error: 'Stuck', messages: ['room', 'work', 'torn'] });
});

test('the README says what leaves the branches of a Parallel, and how large it can be where that is known', () => {
  const dag = new Dag('leaves');
  const text = dag.task('text', say('text'));
  const again = dag.task('again', say(`${text.output.MessageId}`));
  const state = dag.task(
    'state',
    aws({
      service: 'sfn',
      action: 'describeExecution',
      parameters: { ExecutionArn: 'arn:aws:states:us-east-1:111122223333:execution:a:b' },
    }),
  );
  dag.task('end', say(`${text.output.MessageId} ${state.output.Status}`)).after(again);
  const readme = compileDag(dag).files.get('README.md') as string;
  const row = readme.split('\n').find((line) => line.startsWith('| `text \\| state`'));
  expect(row).toBe(
    `| \`text \\| state\` | \`text.MessageId\`, \`state.Status\` | ${'{"Status":"PENDING_REDRIVE"}'.length} bytes, and the answers of \`text\` |`,
  );
});

test('the README says nothing of it where nothing leaves a branch', () => {
  const dag = new Dag('nothing');
  const start = dag.task('start', say('start'));
  dag.task('left', say(`${start.output.MessageId}`));
  dag.task('right', say(`${start.output.MessageId}`));
  expect(compileDag(dag).files.get('README.md')).not.toContain('leaves the branches');
});

test('a field that an answer can lack is no failure where a decision asked the same output first', async () => {
  const dag = new Dag('asked_first');
  const list = dag.task(
    'list',
    aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: 'b', Prefix: 'in/' } }),
  );
  const any = dag.shortCircuit('any', () => Number(list.output.KeyCount) > 0);
  any.before(dag.task('load', say(`${list.output.Contents?.[0]?.Key} of ${list.output.KeyCount}`)));
  const all = (KeyCount: number) => ({ Return: KeyCount > 0 ? { KeyCount, Contents: [{ Key: 'k' }] } : { KeyCount } });
  expect(await messagesOf(dag, { list: all(0) })).toEqual({
    status: 'SUCCEEDED',
    error: undefined,
    messages: [undefined],
  });
  expect(await messagesOf(dag, { list: all(1) })).toMatchObject({
    status: 'SUCCEEDED',
    messages: [undefined, 'k of 1'],
  });
});

test('what no decision asked for is kept field by field', () => {
  const dag = new Dag('not_asked');
  const list = dag.task('list', aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: 'b' } }));
  dag.shortCircuit('any', () => Number(list.output.KeyCount) > 0).before(dag.task('n', say(`${list.output.KeyCount}`)));
  dag.task('beside', say(`${list.output.Name}`));
  expect(JSON.parse(machineOf(dag)).States.list.Assign).toEqual({
    list: { KeyCount: '{% $states.result.KeyCount %}', Name: '{% $states.result.Name %}' },
  });
});
