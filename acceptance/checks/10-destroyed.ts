import { findBelongings, titleOf } from '../belongings/sweep.ts';
import type { Check } from '../check.ts';
import { projectWith, type RunJson } from '../project.ts';
import { expectThat } from '../verdict.ts';
import { uploadTables } from './05-tables.ts';

/** What the machine made when it ran, and the suite's own: destroy does not know of it, or says so. */
const STAYS = ['crawler', 'job', 'database', 'bucket', 'journal'];

/** What destroy leaves. */
export const destroyed: Check = {
  number: 10,
  name: 'destroyed',
  title: 'destroy removes everything that deploy made; what runs have made is all that is left',
  makes: 'a machine with its schedule and roles, a bucket, a database, a crawler, a job',
  most: 0.4,
  why: 'one crawl of ten minutes at least on two DPU at $0.44 an hour each, a Python shell job, a query',
  minutes: 20,
  async run(at) {
    const { account, mark, part, keep } = at;
    const project = await projectWith(at, ['tables', 'first'], { schedule: 'disabled' });
    const ofTheRun = async () => (await findBelongings(account, mark.run)).belongings;

    await part('destroy of what never ran', async () => {
      await project.must(['deploy', 'first', '--yes']);
      expectThat((await ofTheRun()).length > 8, 'What was deployed is not found by its names and tags.');
      await project.must(['destroy', 'first', '--yes']);
      const left = (await ofTheRun()).filter(({ kind }) => !STAYS.includes(kind)).map(titleOf);
      expectThat(left.length === 0, `It is left: ${left.join(', ')}.`);
    });
    await part('destroy of what has run', async () => {
      await uploadTables(at);
      await project.must(['deploy', 'tables', '--yes']);
      const ended = await project.run(['run', 'tables', '--json']);
      const run = JSON.parse(ended.out) as RunJson;
      keep('the run before it', run);
      expectThat(run.status === 'SUCCEEDED', `It ended ${run.status}: ${run.error} ${run.cause}`);
      const { err } = await project.must(['destroy', 'tables', '--yes']);
      const left = (await ofTheRun()).map((one) => ({ kind: one.kind, name: one.name }));
      keep('what is left', left);
      keep('what destroy said', err.trim().split('\n'));
      const other = left.filter(({ kind }) => !STAYS.includes(kind)).map(titleOf);
      expectThat(other.length === 0, `It is left: ${other.join(', ')}.`);
      const { code, out } = await project.run(['destroy', 'tables', '--yes', '--json']);
      expectThat(code === 0, `A second destroy ended with ${code}: ${out}`);
    });
  },
};
