import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { Dag, env, param } from '../../authoring/index.ts';
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
  const Message = pieces.map(written).join('');
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
    { numRuns: sized(100, 5000) },
  );
});
