import { checkArguments } from '../../asl/arguments.ts';
import { trace as read } from '../../asl/history/trace.ts';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { isObject } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { stateFigures } from './figures.ts';
import { fold, treeOf } from './fold.ts';
import { gantt } from './gantt.ts';
import { page } from './page.ts';
import { pageParts } from './page-parts.ts';
import { runData } from './run-data.ts';
import { summary } from './summary.ts';

export interface PictureOptions {
  readonly title: string;
  readonly subtitle?: string;
}

/**
 * The picture of a run: one HTML file that needs nothing else, no network and no other file.
 *
 *     definition, history ─▶ asl/history: visits, attempts, ends ─▶ fold: what of a long run is shown
 *         ─▶ summary | graph (dagre) | Gantt chart, as HTML that works without a script
 *         ─▶ the run's data, as JSON, for the script that shows a state's details and searches
 *
 * The same definition and history give the same file, to the byte.
 * @throws OtherMachine where the history has a state that the machine does not have, Stop where an argument is of another kind.
 *
 * @example
 * ```ts
 * const machine = { StartAt: 'done', States: { done: { Type: 'Succeed' } } } as const;
 * const { events } = await simulate(machine);
 * const html = await pictureOf(machine, events, { title: 'done' });
 * ```
 */
export async function pictureOf(
  machine: StateMachine,
  history: readonly HistoryEvent[],
  options: PictureOptions,
): Promise<string> {
  const isText = (value: unknown) => typeof value === 'string';
  checkArguments({
    name: 'pictureOf(…): its options',
    wanted: 'an object with a `title`, and a `subtitle` if it should have one, as texts',
    fits: () =>
      isObject(options) && isText(options.title) && (options.subtitle === undefined || isText(options.subtitle)),
  });

  // 1. What the history says.
  const trace = read(machine, history);
  const figures = stateFigures(trace);
  const folded = fold(trace, treeOf(trace));

  // 2. What of it is drawn. The layout is loaded where something is laid out.
  const { machineSvg } = await import('../svg/machine.ts');
  const subtitle = options.subtitle ?? machine.Comment;
  return page(
    {
      title: options.title,
      summary: summary(trace, figures, { title: options.title, ...(subtitle !== undefined && { subtitle }) }),
      graph: machineSvg(trace, machine, figures),
      gantt: gantt(trace, folded),
      figures,
      // 3. What the script shows of it on demand.
      data: runData(trace, folded, figures),
    },
    await pageParts(),
  );
}
