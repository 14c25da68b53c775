import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';
import { type Diagnostic, Stop } from '../../../../diagnostics/index.ts';
import * as limits from '../limits.ts';
import { DEBUG, LIMITS } from '../limits.ts';

/** The same arrows, whichever way they are captured: captures.test.ts loads this file and imports it. */
const dag = new Dag('samples', {
  env: { lake: env.bucket() },
  params: {
    flag: param.boolean({ default: true }),
    count: param.number({ default: 3 }),
    name: param.string({ default: 'x' }),
    options: param.json<{ a?: { b?: number }; list: number[] } | null>({ default: null }),
  },
});
const { params } = dag;
const check = dag.task(
  'check',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'check' } }),
) as unknown as { readonly output: { readonly Payload: { readonly rows: number; readonly next?: string } } };

/** What is said of them where no loader gathers it. */
export const faults: Diagnostic[] = [];
const bodies: unknown[] = [];
const sample = (make: () => unknown): void => {
  try {
    bodies.push(make());
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    faults.push(...error.diagnostics);
    bodies.push(expr(() => null));
  }
};

sample(() => expr(() => params.count > LIMITS.rows));
sample(() => expr(() => limits.LIMITS.names.includes(dag.params.name)));
sample(() => expr(() => (DEBUG ? 'debug' : `s3://${dag.env.lake}/${params.name}`)));
sample(() => expr(() => check.output.Payload.next ?? 'none'));
sample(() => expr(() => check.output.Payload?.rows !== undefined && !params.flag));
sample(() => expr(() => (params.options as { list: number[] }).list[0]! as number));
sample(() =>
  expr(
    () =>
      params.flag && // A comment.
      ((params.count * 2 + 1) % 7 === 0 || params.name.length > 3),
  ),
);
sample(() => expr(() => ({ name: params.name, 'a b': [params.count, ...LIMITS.names], options: params.options })));
sample(() => expr(() => Number(check.output.Payload.rows) + Number(params.options?.a?.b ?? 0)));
sample(() => expr(() => params.options === null || params.options?.a == null));
for (const source of ['netflix', 'amazon']) sample(() => expr(() => `${source}/${params.name}`));
const within = (limit: number, [first]: string[], { deep = 7 } = {}): void => {
  let later = limit;
  later += 1;
  sample(() => expr(() => [limit, later, first, deep, params.count <= later]));
};
within(5, ['one', 'two']);
class Settings {
  readonly most = 9;
}
const settings = new Settings();
sample(() => expr(() => params.count < settings.most));
const half = expr(() => params.count / 2);
sample(() => expr(() => `half: ${half}`));
sample(() => `in text: ${expr(() => params.count - 1)}`);
const named = (): boolean => params.count >= 1 && !params.flag;
sample(() => expr(named));
sample(() => expr(() => params.name || 'nobody'));

sample(() => expr(() => (params.options as never) + params.count));
sample(() => expr(() => params.name.toUpperCase() + LIMITS.names.join(',')));
sample(() => expr(() => [params.flag, new Date(params.name), half]));
sample(() =>
  expr(() => {
    const twice = params.count * 2;
    return twice;
  }),
);
sample(() => expr(() => (params as unknown as { nope: number }).nope));
sample(() => expr(() => `${params.name} ${LIMITS}`));
sample(() => expr(async () => params.count));
sample(() => expr(async function waiting() {}));
sample(() => expr(() => params.count + `${LIMITS.names}`));
sample(() => expr(() => ((params.options as never) < (LIMITS as never) ? 1 : 2)));
sample(() => expr({ method: () => params.count }.method));
sample(() =>
  expr(
    {
      method() {
        return params.count;
      },
    }.method,
  ),
);
sample(() => expr(Math.random));
sample(() => expr('text' as never));

for (const [i, body] of bodies.entries())
  dag.task(
    `sample_${i}`,
    aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: body as string } }),
  );

export default dag;
