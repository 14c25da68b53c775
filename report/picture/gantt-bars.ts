import type { Trace, VisitStatus } from '../../asl/trace/trace.ts';
import type { Attempt, Visit } from '../../asl/trace/visit.ts';
import { type Html, html } from './html.ts';
import { lastTime } from './state-figures.ts';
import { moment, took } from './words.ts';

/** The time that the chart spans. */
export interface Scale {
  readonly from: number;
  readonly span: number;
}

/** A width in percent, below which a bar is two pixels wide. */
const NARROW = 0.5;

/** The bar of a visit: its attempts, and between them the waits that `Retry` asked for. */
export function bar(visit: Visit, trace: Trace, scale: Scale): Html {
  const status = trace.statusOf(visit);
  const end = visit.exited ?? lastTime(visit, trace);
  const around = visit.type === 'Parallel' || visit.type === 'Map';
  const whole = piece(
    visit.entered,
    end,
    visit.attempts.length > 1 ? 'wait' : `${status}${around ? ' thin' : ''}`,
    scale,
  );
  if (visit.attempts.length < 2) return track([titled(whole, spanText(visit.entered, end))]);
  const attempts = visit.attempts.map((attempt, at) => {
    const ended = attempt.ended ?? end;
    const text = `attempt ${at + 1}: ${spanText(attempt.began, ended)}${attempt.error === undefined ? '' : `, ${attempt.error}`}`;
    return titled(piece(attempt.began, ended, `${kindOf(attempt, status)}${around ? ' thin' : ''}`, scale), text);
  });
  return track([titled(whole, `waits between attempts: ${spanText(visit.entered, end)}`), ...attempts]);
}

/** The bar of an iteration, or of an attempt of a Parallel or a Map. */
export function laneBar(began: number, ended: number, status: VisitStatus, scale: Scale): Html {
  return track([titled(piece(began, ended, `${status} thin`, scale), spanText(began, ended))]);
}

function kindOf({ end }: Attempt, status: VisitStatus): string {
  return end ?? (status === 'running' ? 'running' : 'aborted');
}

function spanText(from: number, to: number): string {
  return `${moment(from)}, ${took(to - from)}`;
}

function piece(from: number, to: number, classes: string, scale: Scale): readonly [string, string, string] {
  const part = (ms: number) => Math.round((ms / scale.span) * 100_000) / 1000;
  const width = part(Math.max(0, to - from));
  // What took next to no time is seen too.
  return [`${part(from - scale.from)}%`, width < NARROW ? '2' : `${width}%`, classes];
}

function titled([x, width, classes]: readonly [string, string, string], title: string): Html {
  const [y, height] = classes.endsWith(' thin') ? [8, 6] : classes === 'wait' ? [10, 2] : [5, 12];
  return html`<rect class="${classes}" x="${x}" width="${width}" y="${y}" height="${height}"><title>${title}</title></rect>`;
}

function track(pieces: readonly Html[]): Html {
  return html`<svg class="track" aria-hidden="true">${pieces}</svg>`;
}
