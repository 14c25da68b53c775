import type { RunData } from '../run-data.ts';
import { showState, showVisit } from './details.ts';
import { Finder } from './finder.ts';

/**
 * What the page does beyond what its HTML shows: selecting a state or a visit fills the details; search and filters; zoom. The selection
 * stands in the address (`#v12` is the visit that event 12 began), so that a link can name it.
 */
const run = JSON.parse(document.getElementById('run')!.textContent) as RunData;
const visits = new Map(run.visits.map((visit) => [visit.id, visit]));
const states = new Map(run.states.map((state) => [state.name, state]));
const details = document.getElementById('details')!;

setUpZoom();
new Finder(run);
for (const hidden of document.querySelectorAll<HTMLElement>('[hidden]')) hidden.hidden = false;

document.addEventListener('click', (event) => {
  const from = event.target as Element;
  const state = from.closest('[data-state]')?.getAttribute('data-state');
  const visit = from.closest('[data-goto],[data-visit]');
  if (state !== null && state !== undefined) {
    event.preventDefault();
    return selectState(state, true);
  }
  if (visit === null) return;
  // A row with others below it opens and closes at its head; a click on its name or its bar selects.
  if (visit.parentElement?.tagName === 'SUMMARY' && !from.closest('.label .text, .track, [data-goto]')) return;
  event.preventDefault();
  const goto = visit.getAttribute('data-goto');
  selectVisit(Number(goto ?? visit.getAttribute('data-visit')), true, goto !== null);
});
window.addEventListener('hashchange', () => fromAddress(true));
document.addEventListener('keydown', (event) => {
  const search = document.getElementById('search') as HTMLInputElement;
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target === search) return;
  event.preventDefault();
  search.focus();
});
// Where nobody named a visit: what failed, and else the beginning.
if (!fromAddress(false)) {
  const failed = document.querySelector('.failure [data-goto], .trouble [data-goto]');
  const first = failed?.getAttribute('data-goto') ?? run.visits[0]?.id;
  if (first !== undefined) selectVisit(Number(first), false, true);
}

function fromAddress(byHand: boolean): boolean {
  const id = Number(/^#v(\d+)$/.exec(location.hash)?.[1]);
  if (!visits.has(id)) return false;
  selectVisit(id, byHand, true);
  return true;
}

/** A state's most telling visit that the page has: one that failed, or else its first. */
function selectState(name: string, byHand: boolean): void {
  const own = run.visits.filter(({ state }) => state === name);
  const telling =
    own.findLast(({ status }) => status === 'failed') ?? own.findLast(({ status }) => status === 'caught');
  const visit = telling ?? own[0];
  if (visit !== undefined) return selectVisit(visit.id, byHand);
  mark(name, undefined);
  show(showState(states.get(name)!), byHand);
}

function selectVisit(id: number, byHand: boolean, reveal = false): void {
  const visit = visits.get(id);
  if (visit === undefined) return;
  mark(visit.state, id);
  const siblings = run.visits.filter(({ state }) => state === visit.state);
  show(
    showVisit(run, states.get(visit.state)!, visit, siblings, (other) => selectVisit(other, true)),
    byHand,
  );
  if (byHand) history.replaceState(null, '', `#v${id}`);
  if (reveal) bringIntoSight(document.querySelector('.state.selected'));
}

/** Scrolls the drawing, and not the page. */
function bringIntoSight(state: Element | null): void {
  const canvas = state?.closest('.canvas');
  if (!state || !canvas) return;
  const [box, around] = [state.getBoundingClientRect(), canvas.getBoundingClientRect()];
  canvas.scrollTop += (box.top + box.bottom) / 2 - (around.top + around.bottom) / 2;
  canvas.scrollLeft += (box.left + box.right) / 2 - (around.left + around.right) / 2;
}

function show(content: Node, byHand: boolean): void {
  details.replaceChildren(content);
  details.scrollTop = 0;
  // In one column the details may be out of sight.
  const narrow = matchMedia('(max-width: 999px)').matches;
  if (byHand && narrow) details.scrollIntoView({ block: 'start' });
}

function mark(state: string, visit: number | undefined): void {
  for (const marked of document.querySelectorAll('.selected')) {
    marked.classList.remove('selected');
    marked.removeAttribute('aria-current');
  }
  const found = [
    ...[...document.querySelectorAll('.state')].filter((one) => one.getAttribute('data-state') === state),
    ...(visit === undefined ? [] : [document.getElementById(`v${visit}`)]),
  ];
  for (const one of found) {
    one?.classList.add('selected');
    (one?.querySelector('a.label') ?? one)?.setAttribute('aria-current', 'true');
  }
  const row = visit === undefined ? null : document.getElementById(`v${visit}`);
  for (let around = row?.closest('details:not(:scope)'); around; around = around.parentElement?.closest('details'))
    (around as HTMLDetailsElement).open = true;
}

/** The graph as wide as its place, where it is readable so, and else in its own size; larger and smaller by the buttons. */
function setUpZoom(): void {
  const svg = document.getElementById('graph') as SVGElement | null;
  const canvas = svg?.parentElement;
  if (svg === null || !canvas) return;
  const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name))) as [number, number];
  // Below this nobody can read the states' names.
  const least = 0.55;
  let scale = 1;
  const apply = (to: number) => {
    scale = Math.min(3, Math.max(0.1, to));
    svg.setAttribute('width', String(Math.round(width * scale)));
    svg.setAttribute('height', String(Math.round(height * scale)));
  };
  const whole = () => Math.min(1, (canvas.clientWidth - 2) / width);
  apply(Math.max(least, whole()));
  document.querySelector('.zoom')?.addEventListener('click', ({ target }) => {
    const what = (target as HTMLElement).dataset.zoom;
    if (what === 'in') apply(scale * 1.25);
    if (what === 'out') apply(scale / 1.25);
    if (what === 'fit') apply(whole());
  });
}
