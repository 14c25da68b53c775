import { spawnSync } from 'node:child_process';
import { validate } from '../asl/index.ts';
import { MODEL } from '../authoring/internal.ts';
import { lowerDag } from '../compiler/2-lower/lower.ts';
import { checkGraph } from '../compiler/3-graph/check-graph.ts';
import { planGraph } from '../compiler/4-plan/plan-graph.ts';
import { decideOutcomes } from '../compiler/5-outcomes/decide-outcomes.ts';
import { emitMachine } from '../compiler/6-emit/emit-machine.ts';
import { jsonText } from '../compiler/6-emit/json-text.ts';
import { checkLimits } from '../compiler/7-check/check-limits.ts';
import { checkMachine } from '../compiler/7-check/check-machine.ts';
import { figuresOf } from '../compiler/7-check/figures.ts';
import { chargesOf } from '../compiler/8-describe/costs.ts';
import { policyOf, taskPermissions } from '../compiler/8-describe/policy/policy.ts';
import { rolesOf } from '../compiler/8-describe/policy/roles.ts';
import { filesOf } from '../compiler/9-files/files.ts';
import { manifestOf } from '../compiler/9-files/manifest-of.ts';
import { readmeOf } from '../compiler/9-files/readme.ts';
import { Stop } from '../diagnostics/index.ts';
import { dagOf, type Random, random } from './corpus.ts';
import { erdosRenyi, layered, type Upstreams } from './graphs.ts';
import { table } from './measurement.ts';

const SIZES = [100, 1000, 10_000];
const MEMORY_MB = 1024;
const TIMEOUT_MS = 120_000;

const SHAPES: Record<string, (random: Random, tasks: number) => Upstreams> = {
  chain: (_, tasks) => Array.from({ length: tasks }, (_, i) => (i === 0 ? [] : [i - 1])),
  wide: (_, tasks) =>
    Array.from({ length: tasks }, (_, i) => {
      if (i === 0) return [];
      return i < tasks - 1 ? [0] : Array.from({ length: tasks - 2 }, (_, j) => j + 1);
    }),
  layered,
  random: erdosRenyi,
};

interface Measured {
  readonly phases: Readonly<Record<string, number>>;
  /** Why it was refused, or how large the machine is. */
  readonly end: string;
  readonly memoryMb: number;
}

/** Each phase of the compiler by size, each DAG in a process of its own that may take 1 GiB. */
export function scale(): string {
  const rows = Object.keys(SHAPES).flatMap((shape) =>
    SIZES.map((tasks) => {
      const measured = inOwnProcess(shape, tasks);
      if (typeof measured === 'string') return [`${shape}, ${tasks}`, ...PHASES.map(() => ''), '', '', measured];
      const { phases, memoryMb, end } = measured;
      const all = Object.values(phases).reduce((a, b) => a + b, 0);
      const times = PHASES.map((phase) => (phases[phase] === undefined ? '' : phases[phase].toFixed(0)));
      return [`${shape}, ${tasks}`, ...times, all.toFixed(0), memoryMb.toFixed(0), end];
    }),
  );
  return ['Milliseconds by phase; memory in MiB.', table(['', ...PHASES, 'all', 'memory', 'ends with'], rows)].join(
    '\n\n',
  );
}

function inOwnProcess(shape: string, tasks: number): Measured | string {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${MEMORY_MB}`, process.argv[1] as string, 'measure-one', shape, String(tasks)],
    { encoding: 'utf8', timeout: TIMEOUT_MS },
  );
  if (error) return `no end within ${TIMEOUT_MS / 1000} s`;
  if (status !== 0) return /^(?:\w*Error|FATAL ERROR): .*/m.exec(stderr)?.[0] ?? `exit code ${status}`;
  return JSON.parse(stdout) as Measured;
}

const PHASES = ['declare', 'graph', 'plan', 'outcomes', 'emit', 'check', 'describe', 'files', 'validate'] as const;

/** What the own process does: compiles one DAG, and prints what that took. */
export async function measureOne(shape: string, tasks: number): Promise<void> {
  const phases: Partial<Record<(typeof PHASES)[number], number>> = {};
  const measure = <T>(phase: (typeof PHASES)[number], run: () => T): T => {
    const from = performance.now();
    try {
      return run();
    } finally {
      phases[phase] = performance.now() - from;
    }
  };
  const own = random(tasks);
  const upstreams = SHAPES[shape]!(own, tasks);
  let end: string;
  try {
    const model = measure('declare', () => dagOf(upstreams, () => 1000 * own.int(10, 4000))[MODEL]());
    const { graph } = measure('graph', () => checkGraph(lowerDag(model)));
    const plan = measure('plan', () => planGraph(graph));
    const outcomes = measure('outcomes', () => decideOutcomes(graph, plan.tree));
    const machine = measure('emit', () => emitMachine(graph, outcomes, () => ''));
    const text = jsonText(machine.definition);
    const figures = measure('check', () => {
      const size = figuresOf(machine.definition);
      const tooLarge = checkLimits(model.id, machine, text, size);
      if (tooLarge.length > 0) throw new Stop(tooLarge);
      checkMachine(graph, machine, text);
      return size;
    });
    const words = { assetKey: () => '' };
    const { policy, roles, cost } = measure('describe', () => {
      const own = policyOf(taskPermissions(graph, words));
      const cost = chargesOf(graph, plan.tree, outcomes.semantics, figures.run.transitions);
      return { policy: own, roles: rolesOf(graph, words, own), cost };
    });
    measure('files', () => {
      const manifest = manifestOf(graph, plan, outcomes.semantics, machine, [], {
        roles,
        functions: [],
        archives: [],
        cost,
      });
      return filesOf(text, policy, manifest, readmeOf(graph, plan, machine, figures, manifest), undefined);
    });
    const findings = measure('validate', () => validate(text));
    const errors = findings.filter(({ severity }) => severity === 'error');
    end = `${(text.length / 1e6).toFixed(2)} MB${errors.length > 0 ? `, ${errors[0]!.code}` : ''}`;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    end = `refused: ${[...new Set(error.diagnostics.map(({ code }) => code))].join(', ')}`;
  }
  const measured = { phases, end, memoryMb: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(JSON.stringify(measured));
}
