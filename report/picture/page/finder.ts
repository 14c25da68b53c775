import { counted } from '../../words.ts';
import type { RunData, StateData, VisitData } from '../run-data.ts';

/** The search box and the filters: what does not match is dimmed in the graph and left out of the timeline. */
export class Finder {
  readonly #search = document.getElementById('search') as HTMLInputElement;
  readonly #found = document.getElementById('found')!;
  readonly #chips = [...document.querySelectorAll<HTMLElement>('.chip')];
  readonly #run: RunData;
  /** What is searched in a visit, in lower case; made when it is first asked for. */
  readonly #texts = new Map<VisitData, string>();

  constructor(run: RunData) {
    this.#run = run;
    this.#search.addEventListener('input', () => this.#apply());
    this.#search.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return;
      this.#search.value = '';
      this.#apply();
    });
    for (const chip of this.#chips)
      chip.addEventListener('click', () => {
        chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
        this.#apply();
      });
  }

  #apply(): void {
    const text = this.#search.value.trim().toLowerCase();
    const wanted = new Set(
      this.#chips.filter((chip) => chip.getAttribute('aria-pressed') === 'true').map((chip) => chip.dataset.status!),
    );
    const all = text === '' && wanted.size === 0;
    document.body.classList.toggle('filtered', !all);
    const visits = new Set(this.#run.visits.filter((visit) => all || this.#takes(visit, text, wanted)));
    const names = new Set([...visits].map(({ state }) => state));
    const states = this.#run.states.filter((state) => all || names.has(state.name) || takesState(state, text, wanted));
    this.#dim(new Set(states.map(({ name }) => name)));
    this.#hideRows(new Set([...visits].map(({ id }) => id)), all);
    this.#found.textContent = all ? '' : `${counted(states.length, 'state')}, ${counted(visits.size, 'visit')}`;
  }

  #takes(visit: VisitData, text: string, wanted: ReadonlySet<string>): boolean {
    if (wanted.size > 0 && !wanted.has(visit.status)) return false;
    return text === '' || this.#textOf(visit).includes(text);
  }

  #textOf(visit: VisitData): string {
    let text = this.#texts.get(visit);
    if (text === undefined) {
      const { state, error, cause, events } = visit;
      // JSON within JSON has its quotes escaped; who searches for "a":1 means the inner one.
      const inside = JSON.stringify(events).replaceAll('\\"', '"');
      text = [state, error, cause, inside].join('\n').toLowerCase();
      this.#texts.set(visit, text);
    }
    return text;
  }

  #dim(shown: ReadonlySet<string>): void {
    for (const state of document.querySelectorAll<SVGElement>('.state'))
      state.classList.toggle('dim', !shown.has(state.dataset.state!));
  }

  /** A row stays where it or one within it matches. */
  #hideRows(shown: ReadonlySet<number>, all: boolean): void {
    const items = [...document.querySelectorAll<HTMLElement>('.rows li')].reverse();
    for (const item of items) {
      const row = item.querySelector<HTMLElement>(':scope > .row, :scope > details > summary > .row')!;
      const inside = item.querySelector(':scope > details > ul > li:not(.out)');
      const matches = all || shown.has(Number(row.dataset.visit)) || inside !== null;
      item.classList.toggle('out', !matches);
      if (!all && inside !== null) (item.firstElementChild as HTMLDetailsElement).open = true;
    }
  }
}

/** A state may match by what it is: one that was not reached has no visits, and of many visits not all are on the page. */
function takesState({ name, status, counts }: StateData, text: string, wanted: ReadonlySet<string>): boolean {
  if (wanted.size > 0 && ![status, ...Object.keys(counts)].some((one) => wanted.has(one))) return false;
  return name.toLowerCase().includes(text);
}
