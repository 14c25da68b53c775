import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { Dag, env, expr, param, verbatim } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { simulate } from '../../local/index.ts';
import { aws } from '../../tasks/index.ts';
import { sized } from '../sized.ts';
import '../seed.ts';

/** A text arrives as it was written, whatever it looks like, with what stands for its references. */
const PIECES = [
  '$',
  '{',
  '}',
  '%',
  '${',
  '{%',
  '%}',
  '"',
  "'",
  '\\',
  '\n',
  'a',
  ' ',
  '\uE000',
  'é',
  'run succeeded',
  'lake',
  '$$',
  '/*',
];
const VALUES = { env: 'b-1', param: `p'"$` } as const;

async function arrives(pieces: readonly string[]): Promise<{ sent: unknown; meant: string }> {
  const dag = new Dag('texts', { env: { lake: env.bucket() }, params: { p: param.string({ default: VALUES.param }) } });
  const written = (piece: string) =>
    piece === 'ENV' ? `${dag.env.lake}` : piece === 'PARAM' ? `${dag.params.p}` : piece;
  const text = pieces.map(written).join('');
  // What looks like an expression is refused where nobody says that it is meant.
  const Message = text.includes('{%') ? verbatim(text) : text;
  dag.task(
    'say',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message },
    }),
  );
  const definition = JSON.parse(compileDag(dag).files.get('step_function.json') as string);
  let sent: unknown;
  await simulate(fillPlaceholders(definition, { lake: VALUES.env }), {
    onCall: ({ arguments: given }) => {
      sent = (given as { readonly Message?: unknown }).Message;
    },
  });
  const meant = pieces
    .map((piece) => (piece === 'ENV' ? VALUES.env : piece === 'PARAM' ? VALUES.param : piece))
    .join('');
  return { sent, meant };
}

test.each([
  [['$', 'ENV']],
  [['\uE000', 'ENV', "'"]],
  [['run succeeded']],
  [['{%', 'ENV', '%}']],
  [['$', '{', 'lake', '}', 'ENV']],
])('%j', async (pieces) => {
  const { sent, meant } = await arrives(pieces);
  expect(sent).toBe(meant);
});

test('any text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...PIECES, 'ENV', 'PARAM', 'ENV'), { minLength: 1, maxLength: 8 }),
      async (pieces) => {
        const { sent, meant } = await arrives(pieces);
        expect(sent).toBe(meant);
      },
    ),
    { numRuns: sized(100, 1000) },
  );
});

test('nothing but an env value is a placeholder, whatever descriptions and declarations hold', async () => {
  const odd = 'for ${nobody} and %} ${lake}';
  const dag = new Dag('placeholders', {
    description: odd,
    env: { lake: env.bucket() },
    params: {
      given: param.string({ default: odd, description: odd }),
      one: param.enum(['${a}', verbatim('{{ ds }}')], { default: verbatim('{{ ds }}') }),
      two: param.string({ default: '$$', pattern: '^\\${2}$' }),
      json: param.json({ default: { '${key}': ['${item}'] } }),
    },
  });
  const { given, one, two, json } = dag.params;
  const Message = `${given}, ${one}, ${two}, ${json}`;
  const task = dag.task(
    'say',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message },
    }),
    { docMd: odd },
  );
  dag
    .switch(() => one)
    .case('${a}', dag.task('a', aws({ service: 's3', action: 'listBuckets', parameters: {} })))
    .after(task);
  const definition = compileDag(dag).files.get('step_function.json') as string;
  expect(definition).not.toContain('${');
  const sent: unknown[] = [];
  await simulate(JSON.parse(definition), { onCall: (call) => void sent.push(call.arguments) });
  const json_ = JSON.stringify({ '${key}': ['${item}'] });
  expect(sent[0]).toMatchObject({ Message: `${odd}, {{ ds }}, $$, ${json_}` });
});

test('what is verbatim is sent as it stands, as a value, as a field’s name and in an expression', () => {
  const dag = new Dag('verbatim', { params: { day: param.string() } });
  const text = 'undefined, NaN, [object Object], {{ ds }}, States.Format and $x';
  dag.task(
    'say',
    publish({ [verbatim(text)]: verbatim(text), day: expr(() => dag.params.day + verbatim('{{ ds }}')) }),
  );
  const { files, warnings } = compileDag(dag);
  expect(warnings).toEqual([]);
  expect(JSON.parse(files.get('step_function.json') as string).States.say.Arguments.Message).toEqual({
    [text]: text,
    day: "{% $params.day & '{{ ds }}' %}",
  });
});

function publish(Message: object) {
  return aws({
    service: 'sns',
    action: 'publish',
    parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message },
  } as never);
}
