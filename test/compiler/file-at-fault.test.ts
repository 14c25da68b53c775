import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

test('of DAGs that are named, what is wrong in their files is reported, and nothing of the others', async () => {
  const dir = mkdtempSync(join(process.cwd(), 'test/compiler/at-fault-'));
  const dag = (id: string, more = '') =>
    `import { Dag } from 'dagwright';\nimport { empty } from './shared/empty.ts';\n${more}\nconst dag = new Dag(${id});\ndag.task('t', empty());\nexport default dag;\n`;
  const said = async (...only: string[]) => {
    const { compiled, faults } = await compileFolder(dir, process.cwd(), only);
    return [compiled.map((one) => one.dag), faults.map(({ code, place }) => `${code} ${basename(place?.file ?? '')}`)];
  };
  try {
    mkdirSync(join(dir, 'shared'));
    writeFileSync(
      join(dir, 'shared/empty.ts'),
      "import { aws } from 'dagwright/tasks';\nexport const empty = () => aws({ service: 'sqs', action: 'listQueues', parameters: {} });\n",
    );
    writeFileSync(join(dir, 'literal.ts'), dag("'literal'"));
    writeFileSync(join(dir, 'made.ts'), dag('`${["ma", "de"].join("")}`'));
    writeFileSync(join(dir, 'thrown.ts'), dag("'thrown'", "throw new Error('not today');"));
    writeFileSync(join(dir, 'syntax.ts'), dag("'syntax'", 'const = 1;'));
    expect(await said('literal')).toEqual([['literal'], []]);
    expect(await said('made')).toEqual([['made'], []]);
    expect(await said('literal', 'made')).toEqual([['literal', 'made'], []]);
    expect(await said('thrown')).toEqual([[], ['DAG022 thrown.ts']]);
    expect(await said('syntax')).toEqual([[], ['DAG021 syntax.ts']]);
    expect(await said('literal', 'thrown')).toEqual([['literal'], ['DAG022 thrown.ts']]);
    // Any of the files at fault may have it.
    expect(await said('unknown')).toEqual([[], ['DAG021 syntax.ts', 'DAG022 thrown.ts', 'DAG024 ']]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
