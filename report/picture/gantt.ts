import type { Trace, VisitStatus } from '../../asl/history/trace.ts';
import type { Attempt, Visit } from '../../asl/history/visit.ts';
import { type Html, html } from '../svg/html.ts';
import { counted, grouped, moment, ORDER, STATUSES, took } from '../words.ts';
import { lastTime } from './figures.ts';
import type { Folded, FoldedLane, FoldedVisit, Lane } from './fold.ts';

/** Names are set in by so many steps at most. */
const DEEPEST = 8;

/** A row for each visit that is shown, those within a Parallel or a Map below it; bars are rectangles whose places are percentages. */
export function gantt(trace: Trace, folded: Folded): Html {
  const scale: Scale = { from: trace.startedAt, span: Math.max(1, trace.stoppedAt - trace.startedAt) };
  const marks = ticks(trace.stoppedAt - trace.startedAt);
  const place = (mark: number) => `${Math.round((mark / scale.span) * 10_000) / 100}%`;
  return html`<div class="chart">
<svg class="grid" aria-hidden="true">${marks.map((mark) => html`<line x1="${place(mark)}" x2="${place(mark)}" y1="0" y2="100%"/>`)}</svg>
<svg class="axis" aria-hidden="true">${marks.map((mark) => html`<text x="${place(mark)}" y="14"${mark === 0 ? '' : html` class="mid"`}>${mark === 0 ? '0' : took(mark)}</text>`)}</svg>
<ul class="rows">${new Rows(trace, scale).lane(folded.root, 0)}</ul>
</div>`;
}

class Rows {
  readonly #trace: Trace;
  readonly #scale: Scale;

  constructor(trace: Trace, scale: Scale) {
    this.#trace = trace;
    this.#scale = scale;
  }

  lane({ visits, more }: FoldedLane, depth: number): Html[] {
    const rows = visits.map((visit) => this.#visit(visit, depth));
    return more.length === 0 ? rows : [...rows, this.#moreVisits(more, depth)];
  }

  #visit({ visit, lanes, more }: FoldedVisit, depth: number, prefix?: string): Html {
    const status = this.#trace.statusOf(visit);
    const row = this.#row({
      status,
      depth,
      name: prefix === undefined ? visit.state : `${prefix} ${visit.state}`,
      state: visit.state,
      visit,
      bar: bar(visit, this.#trace, this.#scale),
      ms: this.#end(visit) - visit.entered,
    });
    return lanes.length === 0 ? leaf(row) : nest(row, this.#lanes(visit, lanes, more, depth + 1), true);
  }

  /** The branches or iterations of a visit; by attempt, where there were several. */
  #lanes(visit: Visit, lanes: readonly FoldedLane[], more: readonly Lane[], depth: number): Html[] {
    const attempts = visit.attempts.length;
    if (attempts < 2) return this.#beside(lanes, more, depth);
    return visit.attempts.flatMap(({ began, ended = this.#end(visit), end }, at) => {
      const own = lanes.filter(({ lane }) => lane.within?.attempt === at);
      const ownMore = more.filter(({ within }) => within?.attempt === at);
      if (own.length + ownMore.length === 0) return [];
      const status: VisitStatus = end ?? 'running';
      const row = this.#row({
        status,
        depth,
        name: `attempt ${at + 1} of ${attempts}`,
        bar: laneBar(began, ended, status, this.#scale),
        ms: ended - began,
      });
      return [nest(row, this.#beside(own, ownMore, depth + 1), at === attempts - 1)];
    });
  }

  #beside(lanes: readonly FoldedLane[], more: readonly Lane[], depth: number): Html[] {
    const rows = lanes.flatMap((lane) => this.#iterationOrBranch(lane, depth, lanes.length));
    return more.length === 0 ? rows : [...rows, this.#moreLanes(more, depth)];
  }

  #iterationOrBranch(folded: FoldedLane, depth: number, beside: number): Html[] {
    const { within } = folded.lane;
    const iteration = within?.iteration;
    if (within === undefined || iteration === undefined) return this.lane(folded, depth);
    const [only] = folded.visits;
    if (only !== undefined && folded.visits.length === 1 && folded.more.length === 0)
      return [this.#visit(only, depth, `#${iteration}`)];
    const status = this.#laneStatus(folded.lane);
    const ended = within.ended ?? this.#trace.stoppedAt;
    const row = this.#row({
      status,
      depth,
      name: `#${iteration}`,
      bar: laneBar(within.began, ended, status, this.#scale),
      ms: ended - within.began,
    });
    return [nest(row, this.lane(folded, depth + 1), status === 'failed' || beside <= 3)];
  }

  #laneStatus({ within, visits }: Lane): VisitStatus {
    return within?.end ?? (visits.length === 0 ? 'running' : this.#trace.statusOf(visits.at(-1)!));
  }

  #moreLanes(lanes: readonly Lane[], depth: number): Html {
    const times = lanes.map(({ within }) => ({
      began: within?.began ?? 0,
      ended: within?.ended ?? this.#trace.stoppedAt,
    }));
    const statuses = lanes.map((lane) => this.#laneStatus(lane));
    return this.#more(counted(lanes.length, 'more item'), times, statuses, depth);
  }

  #moreVisits(visits: readonly Visit[], depth: number): Html {
    const times = visits.map((visit) => ({ began: visit.entered, ended: this.#end(visit) }));
    const statuses = visits.map((visit) => this.#trace.statusOf(visit));
    return this.#more(counted(visits.length, 'more visit'), times, statuses, depth);
  }

  #more(
    what: string,
    times: readonly { began: number; ended: number }[],
    statuses: readonly VisitStatus[],
    depth: number,
  ): Html {
    const longest = times.reduce((most, one) => Math.max(most, one.ended - one.began), 0);
    const counts = ORDER.map((status) => [status, statuses.filter((one) => one === status).length] as const);
    const said = counts
      .flatMap(([status, n]) => (n === 0 ? [] : [`${grouped(n)} ${STATUSES[status].word}`]))
      .join(', ');
    return html`<li class="more"><div class="row"><span class="label d${Math.min(depth, DEEPEST)}"><span class="sign">⋯</span><span class="text">${what}: ${said}</span></span><span class="took">≤ ${took(longest)}</span></div></li>`;
  }

  #row(row: Row): Html {
    const { status, depth, name, state, visit, ms } = row;
    const { sign, word } = STATUSES[status];
    const label = html`<span class="sign ${status}" aria-hidden="true">${sign}</span><span class="text">${name}</span>`;
    const deep = `d${Math.min(depth, DEEPEST)}`;
    if (visit === undefined || state === undefined)
      return html`<div class="row" data-group="${status}"><span class="label group ${deep}" title="${name}: ${word}">${label}</span>${row.bar}<span class="took">${took(ms)}</span></div>`;
    const attempts = visit.attempts.length > 1 ? `, ${counted(visit.attempts.length, 'attempt')}` : '';
    return html`<div class="row" id="v${visit.id}" data-visit="${visit.id}"><a class="label ${deep}" href="#v${visit.id}" title="${name}" aria-label="${name}: ${word}, ${took(ms)}${attempts}">${label}</a>${row.bar}<span class="took">${took(ms)}</span></div>`;
  }

  #end(visit: Visit): number {
    return visit.exited ?? lastTime(visit, this.#trace);
  }
}

interface Row {
  readonly status: VisitStatus;
  readonly depth: number;
  readonly name: string;
  readonly state?: string;
  readonly visit?: Visit;
  readonly bar: Html;
  readonly ms: number;
}

function leaf(row: Html): Html {
  return html`<li>${row}</li>`;
}

function nest(row: Html, inside: readonly Html[], open: boolean): Html {
  return html`<li><details${open ? html` open` : ''}><summary>${row}</summary><ul>${inside}</ul></details></li>`;
}

/** The time that the chart spans. */
export interface Scale {
  readonly from: number;
  readonly span: number;
}

/** A width in percent, below which a bar is two pixels wide. */
const NARROW = 0.5;

/** The bar of a visit: its attempts, and between them the waits that `Retry` asked for. */
function bar(visit: Visit, trace: Trace, scale: Scale): Html {
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
function laneBar(began: number, ended: number, status: VisitStatus, scale: Scale): Html {
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

/** The steps that a clock's face has, in milliseconds. */
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000,
  2_592_000_000, 7_776_000_000, 31_536_000_000,
];
const MOST_TICKS = 6;

/** Where an axis from 0 to so many milliseconds has its marks. */
function ticks(span: number): number[] {
  const step = STEPS.find((one) => span / one <= MOST_TICKS) ?? Math.ceil(span / MOST_TICKS);
  const marks: number[] = [];
  for (let at = 0; at <= span; at += step) marks.push(at);
  return marks;
}
