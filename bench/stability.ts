import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diffLines } from 'diff';
import type { DagModel } from '../authoring/internal.ts';
import { table } from './measurement.ts';

/**
 * How much of a machine changes when a task is added: at the end, or beside another one that has the same neighbours. The machines with
 * and without it are compared line by line, indentation aside. What stands in the task's own states concerns it; the rest should stay.
 */
export async function stability(): Promise<string> {
  // As it was built: a DAG file imports the package that loads it, which a bundle of the bench is not.
  const built = <T>(path: string) => import(pathToFileURL(resolve('build', path)).href) as Promise<T>;
  const { loadDags } = await built<typeof import('../compiler/1-load/load.ts')>('compiler/1-load/load.js');
  const { compileModel } = await built<typeof import('../compiler/compile.ts')>('compiler/compile.js');
  const machineOf = (model: DagModel) => compileModel(model).files.get('step_function.json') as string;
  const rows: string[][] = [];
  const root = process.cwd();
  const folders = [
    'dags',
    ...readdirSync('test/cases', { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [join('test/cases', entry.name)] : [],
    ),
  ];
  let [all, elsewhere] = [0, 0];
  for (const folder of folders) {
    for (const { model } of (await loadDags(folder, root)).loaded) {
      const whole = machineOf(model);
      for (const task of model.tasks) {
        const before = without(model, task.id, machineOf);
        if (before === undefined) continue;
        const { own, others } = changes(before, whole, task.id);
        const lines = whole.split('\n').length;
        all += lines;
        elsewhere += others;
        rows.push([model.id, task.id, String(lines), String(own), String(others), percent(others, lines)]);
      }
    }
  }
  const worst = rows.sort((a, b) => Number(b[4]) - Number(a[4])).slice(0, 8);
  const head = ['DAG', 'task added', 'lines', 'lines of the task', 'lines elsewhere', 'share elsewhere'];
  return `${rows.length} tasks added to the DAGs of dags/ and test/cases/: ${elsewhere} of ${all} lines changed outside the task's own states, ${percent(elsewhere, all)}. The most:\n\n${table(head, worst)}`;
}

/** The machine without a task; undefined if another one needs it. */
function without(model: DagModel, id: string, machineOf: (model: DagModel) => string): string | undefined {
  const others = model.tasks.filter((task) => task.id !== id);
  const neighbours = (of: string) =>
    JSON.stringify([model.tasks.find((task) => task.id === of)?.upstreams, downstreams(of)]);
  const downstreams = (of: string) => model.tasks.filter((task) => task.upstreams.includes(of)).map((task) => task.id);
  const isLast = downstreams(id).length === 0;
  const isBeside = others.some((other) => neighbours(other.id) === neighbours(id));
  const isDecided = model.tasks.some((task) => task.decision?.kind === 'cases') || model.groupLinks.length > 0;
  if (others.length === 0 || isDecided || !(isLast || isBeside)) return undefined;
  const tasks = others.map((task) => ({ ...task, upstreams: task.upstreams.filter((upstream) => upstream !== id) }));
  try {
    return machineOf({ ...model, tasks });
  } catch {
    // Something reads its output.
    return undefined;
  }
}

/** Lines added or removed, those in states that bear the task's name and the others. */
function changes(before: string, after: string, task: string): { own: number; others: number } {
  const found = { own: 0, others: 0 };
  let state = '';
  for (const part of diffLines(before, after, { ignoreWhitespace: true })) {
    for (const line of part.value.split('\n').slice(0, -1)) {
      state = /^ *"([^"]+)": \{$/.exec(line)?.[1] ?? state;
      if (!part.added && !part.removed) continue;
      if (line.includes(task) || state.includes(task) || !/"/.test(line)) found.own++;
      else found.others++;
    }
  }
  return found;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(2)} %`;
}
