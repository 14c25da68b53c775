import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';

/** Files that wait while they run, so that two of them would be under way at one time; then two faults each. */
const NAMES = ['one', 'two', 'three'];
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'at-once-'));
  for (const [at, name] of NAMES.entries()) {
    const folder = mkdtempSync(join(root, `${name}-`));
    folders.push(folder);
    writeFileSync(
      join(folder, `${name}.ts`),
      `import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';
await new Promise((resolve) => setTimeout(resolve, ${100 - 30 * at}));
${'\n'.repeat(at)}const dag = new Dag('${name}');
const work = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
dag.task('${name} is no id', work);
dag.task('late_${name}', work).after(dag.task('nor ${name}', work));
export default dag;
`,
    );
  }
});
const folders: string[] = [];
afterAll(() => rmSync(root, { recursive: true }));

const told = async (folder: string) =>
  (await compileFolder(folder, root)).faults.map(({ code, message, place }) => ({ code, message, place }));

test('folders that are compiled at one time are told of their own faults, at their own places', async () => {
  const alone = [];
  for (const folder of folders) alone.push(await told(folder));
  for (const [at, faults] of alone.entries()) {
    expect(faults.length).toBeGreaterThan(1);
    for (const { place } of faults) expect(place?.file).toMatch(new RegExp(`${NAMES[at]}\\.ts$`));
  }
  expect(new Set(alone.flat().map(({ place }) => place?.line)).size).toBeGreaterThan(2);
  expect(await Promise.all(folders.map(told))).toEqual(alone);
});
