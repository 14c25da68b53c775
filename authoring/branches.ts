import { type Diagnostic, diagnose, type Place, Stop } from '../diagnostics/index.ts';
import { shown } from './checks/check.ts';
import { readFields } from './checks/fields.ts';
import { SHORT_CIRCUIT, TASK_KIND } from './checks/task-spec.ts';
import type { DagBuilder } from './dag-builder.ts';
import type { Case, Decision } from './decision.ts';
import { captureArrow, LEVEL, type Translated, textLiteral, translate, translateChoice } from './expressions/index.ts';
import { diagnosticHere } from './faults.ts';
import { foreignTexts, unmarked } from './foreign-syntax.ts';
import { opaque } from './opaque.ts';
import { callSite } from './place.ts';
import { describeTarget } from './reference.ts';
import type { AnyTask, ShortCircuitSpec, TaskRef, TaskSpec, Tasks } from './task.ts';
import { withoutMarks } from './token.ts';

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

/** Where the branch was declared. */
interface NamedSpec {
  readonly id: string | undefined;
  readonly place: Place | undefined;
  /** The group that it is in. */
  readonly group: string | undefined;
  /** Tells the groups around it that it is in them. */
  readonly enrol: (id: string) => void;
}

/** Airflow's `branch`: `choose` answers the tasks right downstream, or their ids, that the run goes on with; the others are skipped. */
export function branch(builder: DagBuilder, id: string, choose: () => unknown, spec: TaskSpec): TaskRef<string[]> {
  // An arrow in the id's place is reported once, as an id.
  const arrow = captureArrow(choose === undefined && typeof id === 'function' ? id : choose);
  const decide = (): Decision => {
    const choice = translateChoice(arrow, (value) => builder.endOf(value)?.id);
    return 'computed' in choice ? { kind: 'computed', chosen: choice.computed } : { kind: 'cases', ...choice };
  };
  return builder.place(id, 'branch', { decide }, spec);
}

/** Airflow's short circuit: where the predicate does not hold, everything downstream is skipped, teardowns excepted. */
export function shortCircuit(
  builder: DagBuilder,
  id: string,
  goOn: () => unknown,
  spec: ShortCircuitSpec,
): TaskRef<boolean> {
  // An arrow in the id's place is reported once, as an id.
  const arrow = captureArrow(goOn === undefined && typeof id === 'function' ? id : goOn);
  // Faults in it are reported when the task is added.
  const { fields } = readFields<ShortCircuitSpec>(spec, SHORT_CIRCUIT, TASK_KIND, { owner: id, field: '', at: {} });
  const { ignoreDownstreamTriggerRules = true } = fields;
  const decide = (): Decision => ({ kind: 'test', goOn: translate(arrow, 'condition'), ignoreDownstreamTriggerRules });
  return builder.place(id, 'short_circuit', { decide }, spec);
}

/** A branch whose cases are written one after the other. */
export function ifBranch(builder: DagBuilder, condition: () => unknown, spec: NamedSpec): If {
  const cases = new Cases(builder, 'if', spec);
  const open = (test: () => unknown): If => {
    const arrow = captureArrow(test);
    const opened: If = {
      then: (...tasks) => {
        // What `await` does with anything that has a `then`.
        if (tasks.some((task) => typeof task === 'function'))
          throw new Stop(diagnose('DAG137', {}, { place: spec.place }));
        cases.add(() => translate(arrow, 'condition'), tasks);
        return then;
      },
    };
    return opaque(opened, () => ({
      what: 'dag.if(…)',
      instead: 'Say what runs where it holds: `dag.if(() => …).then(task)`.',
    }));
  };
  const then: Then = Object.assign(cases.handle, {
    elseIf: (test: () => unknown) => open(test),
    else: (...tasks: Tasks) => cases.otherwise(tasks),
  });
  return open(condition);
}

/** A branch over a value. */
export function switchBranch<V extends string | number>(
  builder: DagBuilder,
  value: () => V,
  spec: NamedSpec,
): Switch<V> {
  const arrow = captureArrow(value);
  const cases = new Cases(builder, 'switch', spec);
  const seen = new Set<V>();
  const self: Switch<V> = Object.assign(cases.handle, {
    case: (one: V, ...tasks: Tasks) => {
      if (seen.has(one)) cases.fault(diagnosticHere('DAG134', { what: `.case(${shown(one)}, …)` }));
      seen.add(one);
      const place = callSite();
      cases.add(() => {
        const translated = translate(arrow);
        return isEqual(translated, one, place, knownValues(builder, translated));
      }, tasks);
      return self;
    },
    default: (...tasks: Tasks) => cases.otherwise(tasks),
  });
  return self;
}

/** What a value can be, by what is known of it. */
const CAN_BE: { readonly [kind: string]: readonly string[] } = {
  text: ['string'],
  number: ['number'],
  any: ['string', 'number'],
};

/** What a switch is over, where it is a param that has one of some values. */
interface Known {
  readonly of: string;
  readonly values: readonly unknown[];
}

function knownValues(builder: DagBuilder, { pieces }: Translated): Known | undefined {
  const [only, ...others] = pieces;
  if (only === undefined || typeof only === 'string' || others.length > 0) return undefined;
  if (only.kind !== 'param' || only.path.length !== 1) return undefined;
  const values = builder.valuesOf(only.path[0] as string);
  return values && { of: describeTarget(only), values };
}

function isEqual(
  { pieces, kind, canFail, level = 0 }: Translated,
  value: unknown,
  place: Place | undefined,
  known: Known | undefined,
): Translated {
  const isValue = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
  if (!isValue || !CAN_BE[kind]?.includes(typeof value))
    throw new Stop(diagnose('DAG135', { value: shown(value), kind }, { place }));
  if (known && !known.values.some((one) => unmarked(one) === unmarked(value))) {
    const args = {
      value: shown(value),
      kind: 'enum',
      given: String(value),
      of: known.of,
      values: known.values.map(String),
    };
    throw new Stop(diagnose('DAG135', args, { place }));
  }
  const foreign = typeof value === 'string' ? foreignTexts(value, '.case(…)', { place }) : [];
  if (foreign.length > 0) throw new Stop(foreign);
  const one = typeof value === 'string' ? textLiteral(withoutMarks(value)) : String(value);
  const whole = level > LEVEL.compare ? pieces : ['(', ...pieces, ')'];
  return { pieces: [...whole, ` = ${one}`], kind: 'boolean', canFail, level: LEVEL.compare };
}

/** What each answers, or everything that they refuse, each once. */
function allOf<T>(makes: readonly (() => T)[]): T[] {
  const made: T[] = [];
  const faults = new Map<string, Diagnostic>();
  for (const make of makes) {
    try {
      made.push(make());
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      for (const fault of error.diagnostics) faults.set(JSON.stringify(fault), fault);
    }
  }
  if (faults.size > 0) throw new Stop([...faults.values()]);
  return made;
}

/** The cases of an `if` or a `switch` as they are written; it is placed when all of them are. */
class Cases {
  readonly handle: AnyTask;
  readonly #builder: DagBuilder;
  readonly #cases: { readonly when: () => Translated; readonly tasks: readonly AnyTask[] }[] = [];
  #otherwise: readonly AnyTask[] | undefined;
  readonly #word: 'if' | 'switch';
  readonly #spec: NamedSpec;

  constructor(builder: DagBuilder, word: 'if' | 'switch', spec: NamedSpec) {
    this.#builder = builder;
    this.#word = word;
    this.#spec = spec;
    const idOf = () => this.#id();
    this.handle = builder.handle(() => ({ kind: 'task', id: idOf() }), {
      get id() {
        return idOf();
      },
    });
    builder.whenRead(() => this.#finish());
  }

  add(when: () => Translated, tasks: Tasks): void {
    this.#cases.push({ when, tasks: this.#linked(tasks) });
  }

  otherwise(tasks: Tasks): AnyTask {
    const what = this.#word === 'if' ? '.else(…)' : '.default(…)';
    if (this.#otherwise) this.fault(diagnosticHere('DAG134', { what }));
    this.#otherwise = this.#linked(tasks);
    return this.handle;
  }

  fault(diagnostic: Diagnostic): void {
    this.#builder.faults.push(diagnostic);
  }

  #linked(tasks: Tasks): AnyTask[] {
    const given = tasks.flat() as AnyTask[];
    const flat = [...new Set(given)];
    const twice = new Set(given.filter((task, i) => given.indexOf(task) < i));
    for (const task of twice)
      this.fault(diagnosticHere('DAG159', { where: `This case of dag.${this.#word}(…)`, task: shown(task) }));
    for (const task of flat) this.#builder.link(this.handle, task);
    return flat;
  }

  /** Every task that it may choose. */
  #all(): AnyTask[] {
    return [...this.#cases.flatMap(({ tasks }) => tasks), ...(this.#otherwise ?? [])];
  }

  /** Within a group it begins with the group's, as every id there. */
  #id(): string {
    const { id, group } = this.#spec;
    const within = group === undefined ? '' : `${group}.`;
    const first = this.#all()[0]?.id ?? '';
    return `${within}${id ?? `${this.#word}_${first.startsWith(within) ? first.slice(within.length) : first}`}`;
  }

  #finish(): void {
    const [id, word, place] = [this.#id(), this.#word, this.#spec.place];
    if (this.#cases.length === 0 || this.#all().length === 0)
      this.fault(diagnose('DAG133', { word, hasCases: this.#cases.length > 0 }, { place }));
    const ids = (tasks: readonly AnyTask[] = []) => tasks.flatMap((task) => this.#builder.endOf(task)?.id ?? []);
    const decide = (): Decision => ({
      kind: 'cases',
      cases: allOf(
        this.#cases.map(
          ({ when, tasks }) =>
            (): Case => ({ when: when(), chosen: ids(tasks) }),
        ),
      ),
      otherwise: ids(this.#otherwise),
    });
    this.#spec.enrol(id);
    this.#builder.place(id, 'branch', { decide }, {}, { place });
  }
}
