import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Check } from '../check.ts';
import { projectWith, type RunJson } from '../project.ts';
import { expectThat } from '../verdict.ts';

/** The names that the local engines give these failures, which must be AWS's own. */
const ERRORS: { readonly [task: string]: string } = { query: 'States.TaskFailed', report: 'States.TaskFailed' };

/** Crawl, query and report on three small files: what they answer, how their failures are called, how long they take. */
export const tables: Check = {
  number: 5,
  name: 'tables',
  title:
    'A crawl, a query and a report on three small files succeed; failures have the names that local runs give them',
  makes: 'a bucket, a database, a crawler, two Glue jobs, two machines with their roles',
  most: 0.5,
  why: 'one crawl of ten minutes at least on two DPU at $0.44 an hour each, three Python shell jobs, two queries',
  minutes: 25,
  async run(at) {
    const project = await projectWith(at, ['tables', 'faults'], { schedule: 'disabled' });
    await at.part('crawl, query, report', async () => {
      await uploadTables(at);
      await project.must(['deploy', 'tables', '--yes']);
      const run = JSON.parse((await project.run(['run', 'tables', '--json'])).out) as RunJson;
      at.keep('the run', run);
      expectThat(run.status === 'SUCCEEDED', `It ended ${run.status}: ${run.error} ${run.cause}`);
    });
    await at.part('error names', async () => {
      await project.must(['deploy', 'faults', '--yes']);
      const run = JSON.parse((await project.run(['run', 'faults', '--json'])).out) as RunJson;
      at.keep('the run whose tasks fail', run);
      const others = run.tasks.filter(({ task, error }) => error !== undefined && error !== ERRORS[task]);
      expectThat(run.status === 'FAILED', `It ended ${run.status}.`);
      const failed = run.tasks.filter(({ error }) => error !== undefined);
      expectThat(failed.length === 2, `${failed.length} of its two tasks failed.`);
      const names = others.map(({ task, error }) => `${task} failed with ${error}, not ${ERRORS[task]}`);
      expectThat(others.length === 0, `${names.join('; ')}.`);
    });
  },
};

/** Three small Parquet files, as one table. */
export async function uploadTables(at: Bench): Promise<void> {
  const s3 = await at.account.clients.s3();
  const Bucket = await at.lake();
  const folder = join(at.repository, 'acceptance/data');
  for (const name of (await readdir(folder)).sort())
    await s3.putObject({ Bucket, Key: `tables/ratings/${name}`, Body: await readFile(join(folder, name)) });
}
