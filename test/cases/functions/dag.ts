import { basename } from 'node:path';
import { Dag, env, param } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const LENGTH = 3;
function shortened(path: string): string {
  return basename(path).slice(0, LENGTH);
}

/** Functions of the project: one that a module exports, one in Python, one that is written in place. */
const dag = new Dag('functions', { env: { lake: env.bucket() }, params: { rows: param.integer({ default: 5 }) } });
const score = dag.task(
  'score',
  lambda.typescript(() => import('../../packaging/functions/score.ts'), {
    handler: 'score',
    input: { rows: dag.params.rows, day: dag.logicalDate },
    memory: 256,
    timeout: '30s',
  }),
  { skipOn: ['NothingToDo'] },
);
const clean = dag.task(
  'clean',
  lambda.python<{ doubled: number; thing: string }>('test/packaging/functions/clean.py', {
    handler: 'clean',
    input: { kept: score.output.kept, to: `s3://${dag.env.lake}/clean/` },
    output: { type: 'object', properties: { doubled: { type: 'integer' }, thing: { type: 'string' } } },
  }),
  { retries: 1 },
);
dag.task(
  'name',
  lambda.typescript(
    async ({ thing, times }: { thing: string; times: number }) => ({
      name: `${shortened(`/a/b/${thing}`)}${times * LENGTH}`,
    }),
    {
      input: { thing: clean.output.thing, times: clean.output.doubled },
      environment: { LAKE: dag.env.lake },
      architecture: 'arm64',
    },
  ),
);

export default dag;
