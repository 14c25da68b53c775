import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { filesIn, run } from '../deploy/export-support.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';

test('a command whose reader is gone does its work to the end, and says nothing of it', async () => {
  const out = await folderWith({});
  const values = 'DAGWRIGHT_ARTIFACTS=my-artifacts DAGWRIGHT_LAKE=my-lake DAGWRIGHT_SUBNET=subnet-1';
  const command = `${values} node ${join(REPOSITORY, 'bin/dagwright.js')} export datalake --format sam --out ${out} | true`;
  expect(await run('bash', ['-o', 'pipefail', '-c', command], REPOSITORY)).toEqual({ code: 0, output: '' });
  expect([...(await filesIn(join(out, 'datalake'))).keys()]).toContain('template.yaml');
});
