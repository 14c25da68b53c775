import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDatabase } from '../belongings/made-by-runs.ts';
import type { Check } from '../check.ts';
import type { RunJson } from '../project.ts';
import { expectThat } from '../verdict.ts';

/** The database of dags/datalake.ts and of its queries: the run has one of its own. */
const DATABASE = 'desafio';
/** The line of the DAG that gives the cluster its subnet, and the one that declares it. */
const SUBNET = [/^\s*subnet: env\.string\(.*\n/gm, /^\s*subnet,\n/gm, /subnet, (?=emrServiceRole)/g] as const;
const MOST_MS = 75 * 60_000;

/** The reference pipeline on its sample, from raw files to the report. */
export const datalake: Check = {
  number: 6,
  name: 'datalake',
  title: 'The datalake DAG runs on the sample, from bronze to the report',
  makes: 'a bucket, a cluster of three instances, a database, a crawler, a job, machines with their roles',
  most: 2.6,
  why: 'a cluster of m5.xlarge and 2 m5.2xlarge, with EMR’s part $1.20 an hour, for at most 1 h 45; a crawl, a job, twelve queries',
  minutes: 90,
  async run(at) {
    const { account, mark, repository, subnet, part, keep } = at;
    const project = await at.workspace();
    const database = `${mark.database}datalake`;
    const lake = await at.lake();
    await part('deploy and run', async () => {
      const withDatabase = (text: string) => text.replaceAll(DATABASE, database);
      const hasSubnet = subnet !== undefined;
      await project.copy('dags/datalake.ts', 'dags/datalake.ts', (text) => ownDatalake(text, { database, hasSubnet }));
      await project.copy('spark', 'spark');
      for (const name of await readdir(join(repository, 'sql')))
        await project.copy(`sql/${name}`, `sql/${name}`, withDatabase);
      await project.configure({
        schedule: 'disabled',
        env: {
          ...{ lake, emrServiceRole: 'managed', emrInstanceProfile: 'managed', crawlerRole: 'managed' },
          ...{ reportRole: 'managed', kaggleSecret: 'not-used' },
          ...(subnet !== undefined && { subnet }),
        },
      });
      await makeDatabase(account, mark.run, database);
      const s3 = await account.clients.s3();
      for (const source of ['amazon', 'netflix'])
        for (const name of await readdir(join(repository, 'data/sample', source))) {
          const Body = await readFile(join(repository, 'data/sample', source, name));
          await s3.putObject({ Bucket: lake, Key: `bronze/${source}/${name}`, Body });
        }
      await project.must(['compile']);
      await project.must(['deploy', 'datalake', '--yes']);
      const args = ['run', 'datalake', '--param', 'fromKaggle=false', '--json'];
      const ended = await project.run(args, { mostMs: MOST_MS });
      expectThat(ended.out !== '', `dagwright run said: ${ended.err.trim().split('\n').at(-1)}`);
      const run = JSON.parse(ended.out) as RunJson;
      keep('the run', run);
      expectThat(run.status === 'SUCCEEDED', `It ended ${run.status}: ${run.error} ${run.cause}`);
    });
    await part('the cost that dagwright says', async () => {
      const { out } = await project.must(['cost', 'datalake', '--json']);
      keep('cost', JSON.parse(out));
    });
  },
};

/**
 * The datalake DAG with a database of the run's own, and without a subnet where none was given: EMR then chooses one.
 * @throws Error if the DAG is not written as this expects
 */
export function ownDatalake(text: string, own: { readonly database: string; readonly hasSubnet: boolean }): string {
  const withDatabase = cut(text, DATABASE, own.database);
  return own.hasSubnet ? withDatabase : SUBNET.reduce((left, line) => cut(left, line, ''), withDatabase);
}

function cut(text: string, from: RegExp | string, to: string): string {
  const changed = text.replaceAll(from, to);
  if (changed === text) throw new Error(`dags/datalake.ts has no ${from}`);
  return changed;
}
