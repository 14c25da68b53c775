import type { Trace } from '../../asl/history/trace.ts';
import type { Visit } from '../../asl/history/visit.ts';
import { type Html, html } from '../svg/html.ts';
import { counted, cut, grouped, moment, reasonOf, STATUSES, took } from '../words.ts';
import { failuresOf, type StateFigures } from './figures.ts';

const OTHERS = 12;
const CAUSE = 4000;
const WORDS: { readonly [status in Trace['status']]: readonly [sign: string, word: string, look: string] } = {
  SUCCEEDED: ['✓', 'Succeeded', 'succeeded'],
  FAILED: ['✕', 'Failed', 'failed'],
  TIMED_OUT: ['✕', 'Timed out', 'failed'],
  ABORTED: ['■', 'Aborted', 'aborted'],
  RUNNING: ['▸', 'Running', 'running'],
};

/** The top of the page: how the execution ended, when, and what went wrong. */
export function summary(
  trace: Trace,
  figures: ReadonlyMap<string, StateFigures>,
  { title, subtitle }: { readonly title: string; readonly subtitle?: string },
): Html {
  const { status, startedAt, stoppedAt, redrives, firstEvent, events } = trace;
  const [sign, word, look] = WORDS[status];
  const reached = [...figures.values()].filter(({ visits }) => visits.length > 0).length;
  const facts: (readonly [string, string])[] = [
    [status === 'RUNNING' ? 'Duration so far' : 'Duration', took(stoppedAt - startedAt)],
    ['Started', moment(startedAt)],
    [status === 'RUNNING' ? 'Last event' : 'Ended', moment(stoppedAt)],
    ['States reached', `${grouped(reached)} of ${grouped(figures.size)}`],
    ['Events', grouped(events.length)],
    ...(redrives > 0 ? [['Redriven', counted(redrives, 'time')] as const] : []),
  ];
  return html`<header class="summary">
<p class="kind">Execution report</p>
<h1><span class="badge ${look}"><span aria-hidden="true">${sign}</span> ${word}</span> <span class="title">${title}</span></h1>
${subtitle === undefined ? '' : html`<p class="subtitle">${subtitle}</p>`}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${firstEvent > 1 ? html`<p class="notice">The history begins with event ${firstEvent}: what came before is not in it.</p>` : ''}
${whatFailed(trace)}
</header>`;
}

function whatFailed(trace: Trace): Html {
  const { origin, beside, endedBy, others } = failuresOf(trace);
  const { status } = trace;
  const rest = others.length === 0 ? '' : othersList(trace, others, origin === undefined);
  if (origin === undefined && status !== 'FAILED')
    return html`${rest === '' ? '' : html`<section class="trouble" aria-label="Errors on the way">${rest}</section>`}`;
  const error = origin?.error ?? trace.error;
  const cause = origin?.cause ?? trace.cause;
  const cutShort = status === 'TIMED_OUT' || status === 'ABORTED';
  const how = cutShort
    ? html`${beside === 0 ? ' was' : ` and ${counted(beside, 'other')} were`} under way when the execution ${status === 'ABORTED' ? 'was aborted' : 'timed out'}`
    : html` failed${error === undefined ? '' : html` with <code class="error">${error}</code>`}${tries(origin)}`;
  const reason = cause === undefined ? undefined : reasonOf(cause);
  return html`<section class="failure" aria-label="What failed">
<h2>${origin === undefined ? 'The execution' : link(origin)}${how}</h2>
${reason === undefined || reason === '' ? '' : html`<p class="reason">${reason}</p>`}
${cause === undefined || cause.trim() === reason ? '' : html`<details class="cause"><summary>The whole cause</summary><pre>${cut(pretty(cause), CAUSE)}</pre></details>`}
${endedBy === undefined ? '' : html`<p class="aside">It was caught; ${link(endedBy)} then ended the execution.</p>`}
${cutShort && trace.error !== undefined ? html`<p class="aside">The execution gives <code class="error">${trace.error}</code>${trace.cause === undefined ? '' : `: ${cut(trace.cause, 300)}`}</p>` : ''}
${rest}
</section>`;
}

/** How often it was tried, or what around it was tried for the same error. */
function tries(visit: Visit | undefined): string {
  for (let one = visit; one !== undefined && one.error === visit?.error; one = one.within?.visit) {
    const attempts = one.attempts.length;
    if (attempts > 1) return `, after ${attempts} attempts${one === visit ? '' : ` of ${one.state}`}`;
  }
  return '';
}

function othersList(trace: Trace, others: readonly Visit[], alone: boolean): Html {
  const more = others.length - OTHERS;
  return html`<h3>${alone ? 'Errors on the way' : 'Other errors'}</h3><ul class="others">${others
    .slice(0, OTHERS)
    .map(
      (visit) =>
        html`<li>${link(visit)} ${STATUSES[trace.statusOf(visit)].word}: <code class="error">${visit.error}</code>${visit.cause === undefined || visit.cause === '' ? '' : html` <span class="reason">${cut(reasonOf(visit.cause), 160)}</span>`}</li>`,
    )}${more > 0 ? html`<li>and ${grouped(more)} more</li>` : ''}</ul>`;
}

function link(visit: Visit): Html {
  const iteration = visit.within?.iteration;
  const where = iteration === undefined ? '' : ` #${iteration}`;
  return html`<a class="to-state" href="#v${visit.id}" data-goto="${visit.id}">${visit.state}${where}</a>`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
