import { type Colours, coloursFor } from '../diagnostics/colours.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { Tracker } from '../report/progress/progress.ts';
import { plainTable } from '../report/text-report.ts';
import { duration } from '../report/words.ts';
import { costByHistory, costByPlan, medianCost, type RunCost } from './cost.ts';
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

/** Estimates what a run takes: from the machine, and from runs that succeeded; or says what one run took. */
export async function costForTerminal({ execution, limit, json, ...operating }: CostTerminalOptions): Promise<0> {
  const { dag } = operating;
  return operate(operating, async (operation) => {
    const plan = costByPlan(operation.manifest);
    if (plan === undefined) throw new Stop(diagnose('OPS016', { dag }));
    const runs = execution === undefined ? await succeeded(operation, limit) : [await findRun(operation, execution)];
    const costs: RunCost[] = [];
    for (const run of runs) costs.push(await costOf(operation, run));
    const past = costs.length === 0 ? undefined : execution === undefined ? medianCost(costs) : costs[0]!;
    if (json) {
      const names = runs.map(({ name }) => name);
      process.stdout.write(
        `${JSON.stringify({ dag, plan, ...(past !== undefined && { past, runs: names }) }, null, 2)}\n`,
      );
    } else {
      const of =
        execution === undefined ? `median of ${runs.length} run${runs.length === 1 ? '' : 's'}` : runs[0]!.name;
      process.stdout.write(`${text(plan, past, of, coloursFor(process.stdout))}\n`);
    }
    return 0 as const;
  });
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
  return costByHistory(operation.manifest, visits.all, { started: run.started, stopped: run.stopped ?? Date.now() })!;
}

function text(plan: RunCost, past: RunCost | undefined, of: string, colours: Colours): string {
  const head = ['', 'price', 'by the machine', ...(past === undefined ? [] : [of])];
  const table = plainTable(head, ['left', 'left', 'right', 'right'], colours);
  const transitions = (cost: RunCost) => `${dollars(cost.dollars - known(cost))} (${cost.transitions})`;
  table.push(['Step Functions', 'transitions', transitions(plan), ...(past === undefined ? [] : [transitions(past)])]);
  plan.items.forEach((item, i) => {
    const took = past?.items[i];
    table.push([
      item.tasks.length > 3
        ? `${item.tasks.slice(0, 2).join(', ')} and ${item.tasks.length - 2} more`
        : item.tasks.join(', '),
      item.what,
      item.dollars === undefined ? 'by its time' : dollars(item.dollars),
      ...(took === undefined
        ? []
        : [took.dollars === undefined ? `${duration((took.hours ?? 0) * 3_600_000)} of it` : dollars(took.dollars)]),
    ]);
  });
  table.push([
    colours.bold('at least'),
    '',
    colours.bold(dollars(plan.dollars)),
    ...(past === undefined ? [] : [colours.bold(dollars(past.dollars))]),
  ]);
  const notes = [
    ...(past?.seconds === undefined
      ? ['No run has succeeded yet, of those that AWS still knows.']
      : [`A run took ${duration(past.seconds * 1000)}.`]),
    'In US dollars, prices of us-east-1 as published in November 2026, without free tiers, storage, requests and transfer.',
    ...[
      ...new Set(
        plan.items
          .filter(({ dollars: one }) => one === undefined)
          .map(({ source }) => `Prices that are missing: ${source}`),
      ),
    ],
  ];
  return `${table.toString()}\n\n${notes.join('\n')}`;
}

function known({ items }: RunCost): number {
  return items.reduce((sum, item) => sum + (item.dollars ?? 0), 0);
}

function dollars(amount: number): string {
  return `$${amount >= 0.1 ? amount.toFixed(2) : amount.toPrecision(2)}`;
}
