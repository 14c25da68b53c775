import Table from 'cli-table3';
import type { Visit } from '../asl/history/visit.ts';
import { Visits } from '../asl/history/visits.ts';
import type { Colours } from '../diagnostics/colours.ts';
import { NO_FRAME } from '../report/text-report.ts';
import { duration } from '../report/words.ts';
import type { Simulation } from './simulate.ts';

/** So many states are shown; `--json` has them all. */
const ROWS = 200;

/** A simulation as a person reads it: how it ended, and when it was in which state. */
export function simulationText(simulation: Simulation, colours: Colours): string {
  const { status, seconds } = simulation;
  const colour = status === 'SUCCEEDED' ? colours.green : colours.red;
  const head = `${colour(status)} after ${duration(seconds * 1000)} of virtual time`;
  return `${[head, stateTable(simulation, colours), ending(simulation, colours)].join('\n\n')}\n`;
}

function ending({ status, output, error, cause }: Simulation, { bold }: Colours): string {
  if (status === 'SUCCEEDED') return `${bold('output')}  ${JSON.stringify(output, undefined, 2)}`;
  const lines = [
    ...(error === undefined ? [] : [`${bold('error')}   ${error}`]),
    ...(cause ? [`${bold('cause')}   ${cause}`] : []),
  ];
  return lines.length > 0 ? lines.join('\n') : 'It gives no error.';
}

function stateTable({ events }: Simulation, colours: Colours): string {
  const visits = new Visits();
  for (const event of events) visits.add(event);
  const start = events[0]?.timestamp ?? 0;
  const end = events.at(-1)?.timestamp ?? start;
  const table = new Table({
    head: ['at', 'state', 'type', 'took', 'end'].map((title) => colours.dim(title)),
    colAligns: ['right', 'left', 'left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
    chars: NO_FRAME,
  });
  for (const visit of visits.all.slice(0, ROWS)) {
    table.push([
      duration(visit.entered - start),
      visit.state,
      visit.type,
      // A Fail has no exit: it ends as it is entered.
      duration((visit.exited ?? (visit.type === 'Fail' ? visit.entered : end)) - visit.entered),
      endOf(visit, colours),
    ]);
  }
  const more = visits.all.length - ROWS;
  return more > 0 ? `${table.toString()}\n${colours.dim(`and ${more} more; --json has them all`)}` : table.toString();
}

function endOf(visit: Visit, { green, red, yellow, dim }: Colours): string {
  if (visit.type === 'Fail') return red('failed');
  if (visit.exited === undefined)
    return visit.failed || visit.error !== undefined ? red(said('failed', visit)) : dim('ended from outside');
  return visit.failed ? yellow(said('caught', visit)) : green('ok');
}

function said(what: string, { error }: Visit): string {
  return error === undefined ? what : `${what}: ${error}`;
}
