import type { HistoryEvent } from '../../../asl/interpret/options.ts';
import { counted, grouped, moment, STATUSES, type StateStatus, took } from '../../words.ts';
import type { RunData, StateData, VisitData } from '../run-data.ts';

/** Everything about one visit of a state. */
export function showVisit(
  run: RunData,
  state: StateData,
  visit: VisitData,
  siblings: readonly VisitData[],
  select: (id: number) => void,
): Node {
  const entered = visit.events.find(({ type }) => type.endsWith('StateEntered'));
  const exited = visit.events.findLast(({ type }) => type.endsWith('StateExited'));
  const sent = visit.events.findLast(({ type }) => type.endsWith('Scheduled'));
  const answered = visit.events.findLast(({ type }) => /^(Task|LambdaFunction|Activity)Succeeded$/.test(type));
  const { assignedVariables } = detailsOf(exited);
  const end = visit.exited ?? visit.attempts.at(-1)?.ended;
  return part(
    heading(state, visit.status),
    visit.where.length > 0 ? el('p', { class: 'where' }, visit.where.join(' › ')) : undefined,
    siblings.length > 1 || state.visits > 1 ? picker(run, state, visit, siblings, select) : undefined,
    visit.error === undefined && visit.cause === undefined
      ? undefined
      : el(
          'div',
          { class: 'failed-with' },
          el('code', { class: 'error' }, visit.error ?? 'failed'),
          visit.cause ? data('Cause', visit.cause) : undefined,
        ),
    el(
      'dl',
      { class: 'facts' },
      fact('Entered', `${moment(visit.entered)} (+${took(visit.entered - run.startedAt)})`),
      end === undefined ? undefined : fact('Took', took(end - visit.entered)),
      visit.attempts.length > 0 ? fact('Attempts', grouped(visit.attempts.length)) : undefined,
    ),
    visit.attempts.length > 1 ? attempts(run, visit) : undefined,
    data('Input', detailsOf(entered).input),
    sent === undefined ? undefined : data('Arguments', detailsOf(sent).parameters ?? detailsOf(sent).input),
    answered === undefined ? undefined : data('Result', detailsOf(answered).output),
    exited === undefined ? undefined : data('Output', detailsOf(exited).output),
    assignedVariables === undefined ? undefined : data('Assigned variables', unwrapped(assignedVariables)),
    state.distributed
      ? el('p', { class: 'notice' }, 'Its items ran in child executions, each with a history of its own.')
      : undefined,
    data('Definition', state.definition, false),
    events(run, visit),
  );
}

/** A state that no visit on the page is of. */
export function showState(state: StateData): Node {
  return part(
    heading(state, state.status),
    state.inside.length > 0 ? el('p', { class: 'where' }, state.inside.join(' › ')) : undefined,
    el(
      'p',
      { class: 'notice' },
      state.status === 'elsewhere'
        ? 'It ran in child executions of a distributed Map, each with a history of its own.'
        : state.visits > 0
          ? `It was entered ${counted(state.visits, 'time')}, none of which is on this page.`
          : 'The execution did not come here.',
    ),
    data('Definition', state.definition),
  );
}

function heading({ name, type }: StateData, status: StateStatus): Node {
  const { word, sign } = STATUSES[status];
  return el(
    'div',
    { class: 'heading' },
    el('h2', {}, name),
    el(
      'p',
      {},
      el('span', { class: `badge ${status}` }, el('span', { 'aria-hidden': 'true' }, sign), ` ${word}`),
      ` ${type}`,
    ),
  );
}

/** Chooses among the visits of a state. */
function picker(
  run: RunData,
  state: StateData,
  visit: VisitData,
  siblings: readonly VisitData[],
  select: (id: number) => void,
): Node {
  const list = el('select', { 'aria-label': `Visits of ${state.name}` });
  for (const [i, one] of siblings.entries()) {
    const where = one.where.length > 0 ? ` · ${one.where.at(-1)}` : '';
    const option = el(
      'option',
      { value: String(one.id) },
      `${i + 1}. ${STATUSES[one.status].word} · +${took(one.entered - run.startedAt)}${where}`,
    );
    option.selected = one.id === visit.id;
    list.append(option);
  }
  list.addEventListener('change', () => select(Number(list.value)));
  const counts = Object.entries(state.counts)
    .map(([status, n]) => `${grouped(n)} ${STATUSES[status as StateStatus].word}`)
    .join(', ');
  const shown = siblings.length < state.visits ? `; ${grouped(siblings.length)} of them are on this page` : '';
  return el(
    'div',
    { class: 'picker' },
    el('p', {}, `${counted(state.visits, 'visit')}: ${counts}; the longest took ${took(state.longest)}${shown}.`),
    list,
  );
}

function attempts(run: RunData, { attempts: all }: VisitData): Node {
  const rows = all.flatMap((attempt, i) => {
    const { began, ended, end = 'running', error, cause } = attempt;
    const waited = i === 0 ? undefined : began - (all[i - 1]!.ended ?? began);
    return [
      ...(waited === undefined || waited === 0
        ? []
        : [el('tr', { class: 'wait' }, el('td', { colspan: '4' }, `waited ${took(waited)}`))]),
      el(
        'tr',
        {},
        el('td', {}, String(i + 1)),
        el('td', {}, `+${took(began - run.startedAt)}`),
        el('td', {}, ended === undefined ? '' : took(ended - began)),
        el(
          'td',
          {},
          el('span', { class: `sign ${end}`, 'aria-hidden': 'true' }, STATUSES[end].sign),
          ` ${error ?? STATUSES[end].word}`,
          cause ? el('details', {}, el('summary', {}, 'cause'), el('pre', {}, pretty(cause))) : undefined,
        ),
      ),
    ];
  });
  const head = ['#', 'Began', 'Took', 'End'].map((text) => el('th', { scope: 'col' }, text));
  return el(
    'div',
    { class: 'attempts' },
    el('h3', {}, 'Attempts'),
    el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows)),
  );
}

/** A named piece of JSON, open where that is asked for; what the history does not have is said to be so. */
function data(name: string, value: unknown, open = true): Node {
  if (value === undefined) return el('p', { class: 'missing' }, el('b', {}, name), ' is not in the history.');
  const text = typeof value === 'string' ? pretty(value) : JSON.stringify(value, undefined, 2);
  return el(
    'details',
    { class: 'data', ...(open && { open: '' }) },
    el('summary', {}, name),
    el('pre', { tabindex: '0' }, text),
  );
}

function events(run: RunData, { events: all, moreEvents }: VisitData): Node {
  const list = all.map((event) =>
    el(
      'details',
      {},
      el(
        'summary',
        {},
        `${event.id} ${event.type} `,
        el('span', { class: 'at' }, `+${took(event.timestamp - run.startedAt)}`),
      ),
      el('pre', { tabindex: '0' }, JSON.stringify(event, undefined, 2)),
    ),
  );
  const more =
    moreEvents > 0
      ? el('p', { class: 'notice' }, `${counted(moreEvents, 'more event')} are in the history.`)
      : undefined;
  return el(
    'details',
    { class: 'data events' },
    el('summary', {}, `Events (${grouped(all.length + moreEvents)})`),
    ...list,
    more,
  );
}

function fact(name: string, value: string): Node {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

function part(...children: Parameters<typeof el>[2][]): Node {
  return el('div', { class: 'part' }, ...children);
}

function detailsOf(event: HistoryEvent | undefined): Readonly<Record<string, unknown>> {
  const key = Object.keys(event ?? {}).find((one) => one.endsWith('EventDetails'));
  return key === undefined ? {} : (event![key] as Record<string, unknown>);
}

/** Variables are JSON texts in an object: as one piece of JSON. */
function unwrapped(variables: unknown): unknown {
  return Object.fromEntries(
    Object.entries(variables as Record<string, string>).map(([name, text]) => {
      try {
        return [name, JSON.parse(text) as unknown];
      } catch {
        return [name, text];
      }
    }),
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

type Child = Node | string | undefined | readonly Child[];

/** An element with attributes and children. Text stays text: nothing here reads HTML. */
function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  append(element, children);
  return element;
}

function append(element: HTMLElement, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child as Node | string);
  }
}
