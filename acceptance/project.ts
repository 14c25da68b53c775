import { makeDatabase } from './belongings/made-by-runs.ts';
import type { Bench } from './check.ts';
import type { Settings, Workspace } from './workspace.ts';

/** What the suite's own DAGs need: every role is deploy's, the bucket and the database are the run's. */
export async function environmentOf(at: Bench): Promise<Record<string, string>> {
  return {
    lake: await at.lake(),
    database: `${at.mark.database}tables`,
    emrServiceRole: 'managed',
    emrInstanceProfile: 'managed',
    crawlerRole: 'managed',
    reportRole: 'managed',
  };
}

const ENV_OF: { readonly [dag: string]: readonly string[] } = {
  first: ['lake', 'database', 'emrServiceRole', 'emrInstanceProfile', 'crawlerRole', 'reportRole'],
  tick: ['lake'],
  line: ['lake'],
  tables: ['lake', 'database', 'crawlerRole', 'reportRole'],
  faults: ['lake', 'database', 'reportRole'],
  stopped: ['lake', 'emrServiceRole', 'emrInstanceProfile'],
  resumed: ['lake'],
};

export type DagName = 'first' | 'tick' | 'line' | 'tables' | 'faults' | 'stopped' | 'resumed';

/** A workspace with DAGs of acceptance/dags, compiled. */
export async function projectWith(
  at: Bench,
  dags: readonly DagName[],
  settings: Omit<Settings, 'env'> = {},
): Promise<Workspace> {
  const all = await environmentOf(at);
  const names = new Set(dags.flatMap((dag) => ENV_OF[dag]!));
  const env = Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
  const project = await at.workspace({ ...settings, env });
  if (names.has('database')) await makeDatabase(at.account, at.mark.run, env.database!);
  await project.copy('acceptance/scripts', 'scripts');
  for (const dag of dags) await project.copy(`acceptance/dags/${dag}.ts`, `dags/${dag}.ts`);
  await project.must(['compile']);
  return project;
}

/** Changes the one line of a DAG that says `const LINE = …`, and compiles. */
export async function changeLine(project: Workspace, dag: DagName, line: string): Promise<void> {
  await project.copy(`acceptance/dags/${dag}.ts`, `dags/${dag}.ts`, (text) => {
    const changed = text.replace(/const LINE = '[^']*';/, `const LINE = '${line}';`);
    if (!changed.includes(`'${line}'`)) throw new Error(`${dag}.ts has no line to change`);
    return changed;
  });
  await project.must(['compile']);
}

/** What `dagwright run --json` and `resume --json` print. */
export interface RunJson {
  readonly execution: string;
  readonly executionArn: string;
  readonly status: string;
  readonly seconds?: number;
  readonly error?: string;
  readonly cause?: string;
  readonly how?: string;
  readonly tasks: readonly {
    readonly task: string;
    readonly state: string;
    readonly error?: string;
    readonly cause?: string;
    readonly seconds?: number;
  }[];
}
