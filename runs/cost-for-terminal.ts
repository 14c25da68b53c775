import { type Colours, coloursFor } from '../diagnostics/colours.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { readManifest } from '../manifest/manifest.ts';
import { dollars, priceText } from '../manifest/price-text.ts';
import { readRegion } from '../project/environment.ts';
import { Tracker } from '../report/progress/progress.ts';
import { plainTable } from '../report/text-report.ts';
import { duration } from '../report/words.ts';
import { titleOf } from '../tasks/services.ts';
import { costByHistory, costByPlan, medianCost, pricedElsewhere, type RunCost } from './cost.ts';
import { findRun, type Run, runsOf } from './executions.ts';
import { historyOf } from './history.ts';
import { type Operating, type Operation, operate } from './operation.ts';

export interface CostTerminalOptions extends Operating {
  /** This one alone. */
  readonly execution?: string;
  /** So many past runs count. */
  readonly limit: number;
  readonly json: boolean;
}

/** Where prices are those that the manifest has. */
const PRICED = 'us-east-1';

/**
 * Estimates what a run takes: from the machine, and from runs that succeeded; or says what one run took. The estimate by the machine
 * needs nobody's leave: where AWS cannot be asked for past runs, it is said why.
 */
export async function costForTerminal({ execution, limit, json, ...operating }: CostTerminalOptions): Promise<0> {
  const { project, dist, dag, env } = operating;
  const manifest = readManifest(dist, dag);
  const region = (await readRegion(project, env)) ?? PRICED;
  const plan = costByPlan(manifest, region);
  if (plan === undefined) throw new Stop(diagnose('OPS016', { dag }));
  const { past, runs, unasked } = await operate(operating, (operation) => pastOf(operation, execution, limit)).catch(
    (error: unknown) => {
      if (execution !== undefined || !isUnasked(error)) throw error;
      return { past: undefined, runs: [], unasked: error.diagnostics };
    },
  );
  if (json) {
    const names = runs.map(({ name }) => name);
    const of = { ...(past !== undefined && { past, runs: names }), ...(unasked !== undefined && { unasked }) };
    process.stdout.write(`${JSON.stringify({ dag, region, plan, ...of }, null, 2)}\n`);
  } else {
    const of = execution === undefined ? `median of ${runs.length} run${runs.length === 1 ? '' : 's'}` : runs[0]!.name;
    const elsewhere = pricedElsewhere(manifest, region).map(titleOf);
    const where = { region, elsewhere, ...(unasked !== undefined && { unasked }) };
    process.stdout.write(`${costText(plan, past, of, where, coloursFor(process.stdout))}\n`);
  }
  return 0;
}

interface Past {
  readonly past: RunCost | undefined;
  readonly runs: readonly Run[];
  /** Why AWS was not asked, or did not answer. */
  readonly unasked?: readonly Diagnostic[];
}

async function pastOf(operation: Operation, execution: string | undefined, limit: number): Promise<Past> {
  const runs = execution === undefined ? await succeeded(operation, limit) : [await findRun(operation, execution)];
  const costs: RunCost[] = [];
  for (const run of runs) costs.push(await costOf(operation, run));
  const past = costs.length === 0 ? undefined : execution === undefined ? medianCost(costs) : costs[0]!;
  return { past, runs };
}

/** A variable that is not set, an SDK client that is not installed, a DAG that is not deployed, credentials of another account. */
const UNASKED: ReadonlySet<string> = new Set(['CFG001', 'CFG004', 'CLI006', 'OPS001', 'AWS003']);

/** Whether it is nobody's fault in the estimate itself, and only AWS was not to be asked. */
function isUnasked(error: unknown): error is Stop {
  return error instanceof Stop && (error.exitCode === 3 || error.diagnostics.every(({ code }) => UNASKED.has(code)));
}

async function succeeded(operation: Operation, limit: number): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const run of runsOf(operation, { status: 'SUCCEEDED', pageSize: Math.min(limit, 1000) }))
    if (runs.push(run) === limit) break;
  return runs;
}

async function costOf(operation: Operation, run: Run): Promise<RunCost> {
  const { visits } = new Tracker(operation.manifest, new Set());
  for await (const events of historyOf(operation, run.arn)) for (const event of events) visits.add(event);
  const { region } = operation.environment;
  const [started, stopped] = [run.started, run.stopped ?? Date.now()];
  return costByHistory(operation.manifest, visits.all, { started, stopped, region })!;
}

interface Where {
  readonly region: string;
  /** The services whose prices there are not known here. */
  readonly elsewhere: readonly string[];
  readonly unasked?: readonly Diagnostic[];
}

/** What `cost` prints. */
export function costText(plan: RunCost, past: RunCost | undefined, of: string, where: Where, colours: Colours): string {
  const columns = past === undefined ? [plan] : [plan, past];
  const head = ['', 'price', 'by the machine', ...(past === undefined ? [] : [of])];
  const table = plainTable(head, ['left', 'left', 'right', 'right'], colours);
  table.push([
    'Step Functions',
    'transitions',
    ...columns.map((cost) => `${dollars(cost.transitionDollars)} (${cost.transitions})`),
  ]);
  plan.items.forEach(({ tasks, what }, i) => {
    const named = tasks.length > 3 ? `${tasks.slice(0, 2).join(', ')} and ${tasks.length - 2} more` : tasks.join(', ');
    table.push([named, what, ...columns.map(({ items }) => itemText(items[i]!))]);
  });
  table.push([colours.bold('in all'), '', ...columns.map((cost) => colours.bold(totalText(cost)))]);
  return `${table.toString()}\n\n${notesOf(plan, past, where).join('\n')}`;
}

function itemText({ dollars: amount, hours }: RunCost['items'][number]): string {
  if (amount !== undefined) return priceText(amount);
  return hours === undefined ? 'not known' : `${duration(hours.least * HOUR)} of it`;
}
const HOUR = 3_600_000;

function totalText({ dollars: { least, most, isOpen } }: RunCost): string {
  return isOpen ? `at least ${priceText({ least, most })}` : priceText({ least, most });
}

function notesOf(plan: RunCost, past: RunCost | undefined, { region, elsewhere, unasked }: Where): string[] {
  const open = plan.items.flatMap(({ tasks, open: why }) => (why === undefined ? [] : [`${short(tasks)} (${why})`]));
  const dates = plan.items.flatMap(({ tasks, asOf }) => (asOf === undefined ? [] : [`${short(tasks)} in ${asOf}`]));
  return [
    past?.seconds !== undefined
      ? `A run took ${duration(past.seconds * 1000)}.`
      : unasked === undefined
        ? 'No run has succeeded yet, of those that AWS still knows.'
        : `Past runs are not known. ${unasked.map(({ code, message }) => `${code} ${message}`).join(' ')}`,
    ...(open.length > 0 ? [`At least, for more is not known: ${open.join('; ')}.`] : []),
    `In US dollars, prices of ${PRICED} as published in November 2026${dates.length > 0 ? ` (${dates.join('; ')})` : ''}, without free tiers, storage, requests and transfer.`,
    ...(region === PRICED
      ? []
      : [
          `Of ${['Step Functions', ...elsewhere].join(', ')} no price in ${region} is known here: those of ${PRICED} count.`,
        ]),
    ...new Set(
      plan.items
        .filter(({ dollars: amount }) => amount === undefined)
        .map(({ source }) => `Prices that are missing: ${source}`),
    ),
  ];
}

function short(tasks: readonly string[]): string {
  return tasks.length > 3 ? `${tasks[0]} and ${tasks.length - 1} more` : tasks.join(', ');
}
