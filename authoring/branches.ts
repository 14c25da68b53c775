import type { Place } from '../diagnostics/index.ts';
import type { Case, Decision } from './decision.ts';
import { captureArrow, LEVEL, type Translated, textLiteral, translate, translateChoice } from './expressions/index.ts';
import type { Placer } from './placer.ts';
import type { AnyTask, ShortCircuitSpec, TaskRef, TaskSpec, Tasks } from './task.ts';

/** `dag.if(…)`: what runs where the condition holds comes next. Awaiting it is a type error. */
export interface If {
  then(...tasks: Tasks): Then;
}
export interface Then extends AnyTask {
  /** Where no condition so far held. */
  elseIf(condition: () => unknown): If;
  else(...tasks: Tasks): AnyTask;
}

/** `dag.switch(…)`: the first case whose value is the one that was computed. */
export interface Switch<V extends string | number> extends AnyTask {
  case(value: V, ...tasks: Tasks): Switch<V>;
  default(...tasks: Tasks): AnyTask;
}

export interface BranchSpec {
  /** Default `if_<first task>`, `switch_<first task>`. */
  readonly id?: string;
}

/** With what the place where it stands makes of its id. */
interface NamedSpec extends BranchSpec {
  readonly place: Place | undefined;
  /** Tells the groups around it that it is in them. */
  readonly enrol: (id: string) => void;
}

/** Airflow's `branch`: `choose` answers the tasks right downstream, or their ids, that the run goes on with; the others are skipped. */
export function branch(placer: Placer, id: string, choose: () => unknown, spec: TaskSpec): TaskRef<string[]> {
  const arrow = captureArrow(choose);
  const decide = (): Decision => {
    const choice = translateChoice(arrow, (value) => placer.endOf(value)?.id);
    return 'computed' in choice ? { kind: 'computed', chosen: choice.computed } : { kind: 'cases', ...choice };
  };
  return placer.place(id, 'branch', { decide }, spec);
}

/** Airflow's short circuit: where the predicate does not hold, everything behind it is skipped, teardowns excepted. */
export function shortCircuit(
  placer: Placer,
  id: string,
  goOn: () => unknown,
  spec: ShortCircuitSpec,
): TaskRef<boolean> {
  const arrow = captureArrow(goOn);
  const { ignoreDownstreamTriggerRules = true } = (typeof spec === 'object' && spec) || {};
  const decide = (): Decision => ({ kind: 'test', goOn: translate(arrow, 'condition'), ignoreDownstreamTriggerRules });
  return placer.place(id, 'short_circuit', { decide }, spec);
}

/** A branch whose cases are written one after the other. */
export function ifBranch(placer: Placer, condition: () => unknown, spec: NamedSpec): If {
  const cases = new Cases(placer, 'if', spec);
  const open = (test: () => unknown): If => {
    const arrow = captureArrow(test);
    return {
      then: (...tasks) => {
        cases.add(() => translate(arrow, 'condition'), tasks);
        return then;
      },
    };
  };
  const then: Then = Object.assign(cases.handle, {
    elseIf: (test: () => unknown) => open(test),
    else: (...tasks: Tasks) => cases.otherwise(tasks),
  });
  return open(condition);
}

/** A branch over a value. */
export function switchBranch<V extends string | number>(placer: Placer, value: () => V, spec: NamedSpec): Switch<V> {
  const arrow = captureArrow(value);
  const cases = new Cases(placer, 'switch', spec);
  const self: Switch<V> = Object.assign(cases.handle, {
    case: (one: V, ...tasks: Tasks) => {
      cases.add(() => isEqual(translate(arrow), one), tasks);
      return self;
    },
    default: (...tasks: Tasks) => cases.otherwise(tasks),
  });
  return self;
}

function isEqual({ pieces, canFail }: Translated, value: string | number): Translated {
  const one = typeof value === 'string' ? textLiteral(value) : String(value);
  return { pieces: ['(', ...pieces, `) = ${one}`], kind: 'boolean', canFail, level: LEVEL.compare };
}

/** The cases of an `if` or a `switch` as they are written; it is placed when all of them are. */
class Cases {
  readonly handle: AnyTask;
  readonly #placer: Placer;
  readonly #cases: { readonly when: () => Translated; readonly tasks: readonly AnyTask[] }[] = [];
  #otherwise: readonly AnyTask[] = [];
  readonly #word: string;
  readonly #spec: NamedSpec;

  constructor(placer: Placer, word: string, spec: NamedSpec) {
    this.#placer = placer;
    this.#word = word;
    this.#spec = spec;
    const idOf = () => this.#id();
    this.handle = placer.handle(() => ({ kind: 'task', id: idOf() }), {
      get id() {
        return idOf();
      },
    });
    placer.whenRead(() => this.#place());
  }

  add(when: () => Translated, tasks: Tasks): void {
    this.#cases.push({ when, tasks: this.#linked(tasks) });
  }

  otherwise(tasks: Tasks): AnyTask {
    this.#otherwise = this.#linked(tasks);
    return this.handle;
  }

  #linked(tasks: Tasks): AnyTask[] {
    const flat = tasks.flat() as AnyTask[];
    for (const task of flat) this.#placer.link(this.handle, task);
    return flat;
  }

  #id(): string {
    const [first] = [...this.#cases.flatMap(({ tasks }) => tasks), ...this.#otherwise];
    return this.#spec.id ?? `${this.#word}_${first?.id ?? ''}`;
  }

  #place(): void {
    const ids = (tasks: readonly AnyTask[]) => tasks.flatMap((task) => this.#placer.endOf(task)?.id ?? []);
    const decide = (): Decision => ({
      kind: 'cases',
      cases: this.#cases.map(({ when, tasks }): Case => ({ when: when(), chosen: ids(tasks) })),
      otherwise: ids(this.#otherwise),
    });
    this.#spec.enrol(this.#id());
    this.#placer.place(this.#id(), 'branch', { decide }, {}, { place: this.#spec.place });
  }
}
