import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';

test('no DAG of a file is written whose call does not exist, whichever has it, and that is all that is told', async () => {
  const dir = mkdtempSync(join(process.cwd(), 'test/compiler/at-fault-'));
  const task = (id: string, action: string) => `
    const ${id} = new Dag('${id}');
    ${id}.task('t', aws({ service: 's3', action: '${action}', parameters: { Bucket: 'b', Key: 'k' } } as never));`;
  const file = (a: string, b: string) => `
    import { Dag } from 'dagwright';
    import { aws } from 'dagwright/tasks';
    ${task('a', a)}${task('b', b)}
    export default [a, b];`;
  try {
    writeFileSync(join(dir, 'two.ts'), file('getObject', 'getobject'));
    for (const only of [[], ['a'], ['b']]) {
      const { compiled, faults } = await compileFolder(dir, process.cwd(), only);
      expect([compiled.length, faults.map(({ code }) => code)]).toEqual([0, ['DAG116']]);
    }
    writeFileSync(join(dir, 'two.ts'), file('getObject', 'headObject'));
    expect((await compileFolder(dir, process.cwd())).compiled.map(({ dag }) => dag)).toEqual(['a', 'b']);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
