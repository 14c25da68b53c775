import type { Json } from '../asl/json/value.ts';
import { markUsed, onUse, recordTemplate } from './creations.ts';
import { refuse } from './faults.ts';
import type { FunctionCode, JobCode, TypescriptSource } from './function-code.ts';
import { describeTemplate, opaque } from './opaque.ts';
import type { Fields, Shape } from './shape.ts';
import type { AnyTask } from './task.ts';

const LIMIT: unique symbol = Symbol.for('dagwright.planWidth') as never;

/**
 * How many of the tasks that have a task's handle can run at a time, at least 1: a reference, for the number is known when the DAG is planned,
 * after its templates have made their states. It stands as the whole value of a state's field.
 * @example
 * lower: ({ width }) => callFragment(CREATE, { StepConcurrencyLevel: width.atMost(10) })
 */
export interface PlanWidth {
  readonly [LIMIT]: number;
  /** The same, or the limit where that is less. */
  atMost(limit: number): PlanWidth;
}

function widthOf(most: number): PlanWidth {
  return Object.freeze({
    [LIMIT]: most,
    atMost: (limit: number) => widthOf(Math.min(most, limit)),
    [Symbol.toPrimitive](): never {
      throw new TypeError('The width is known when the DAG is planned: write `width.atMost(10)` as a field’s value');
    },
  });
}

/** The width without a limit. */
export const PLAN_WIDTH: PlanWidth = widthOf(Number.POSITIVE_INFINITY);

/** The limit of a width that a template wrote, `Infinity` where it has none; undefined for any other value. */
export function planWidthLimit(value: unknown): number | undefined {
  return typeof value === 'object' && value !== null ? (value as Partial<PlanWidth>)[LIMIT] : undefined;
}

/**
 * What runs a task: a pure value that a function of `dagwright/tasks` makes. It places nothing and knows no DAG; `dag.task` places it.
 * Texts and values in it may hold references; the compiler resolves them.
 */
export interface Template<out Output = unknown> {
  /** The folder of `tasks/` that knows it: `emr`, `glue` … */
  readonly service: string;
  /** The function that made it: `emr.spark`. */
  readonly kind: string;
  /** The states that do the work. */
  readonly lower: (context: LoweringContext) => Fragment;
  /** What the machine's role must be allowed for it beyond what its states call: what services then do with the role's leave. */
  readonly permissions: (context: LoweringContext) => readonly Permission[];
  /** That its author said which roles its calls hand on without naming them, none of them maybe. */
  readonly saysRoles?: true;
  /** What the roles that it hands to services must be allowed, where that is known of the service. */
  readonly roles?: (context: LoweringContext) => readonly RoleNeeds[];
  /** Under which conditions its states' calls are allowed, by IAM's action: `elasticmapreduce:RunJobFlow`. */
  readonly conditions?: () => { readonly [action: string]: NonNullable<Permission['condition']> };
  /** Files of the project that it needs where it runs, relative to the project's root. */
  readonly assets?: readonly string[];
  /** A function that is published with the machine, and that its states call as `functionReference` names it. */
  readonly code?: FunctionCode;
  /** Code that its job fetches, by the address that `archiveReference` names. */
  readonly jobCode?: JobCode;
  /** The teardown that a setup of this template brings along, named `<prefix>_<id>`. */
  readonly teardown?: { readonly prefix: string; template(setup: TaskHandle<Output>): Template };
  /** What an aborted execution leaves behind, which carries the tag `dagwright:execution`, and how it is ended. */
  readonly leavesBehind?: Leftover;
  /** What it starts that goes on to its own end, whatever becomes of the execution, and that nobody need end: `Glue crawl`. */
  readonly goesOn?: string;
  /** A setup whose creation may not be tried again after this error, which can leave a second one behind. */
  readonly notRetriedOn?: readonly string[];
  /** The fields of its output that are known, so that a misspelt one is refused. */
  readonly outputFields?: Fields;
  /** The same of an output whose make is known at every depth, as `answerOf` has what AWS answers. */
  readonly outputShape?: Shape;
  /** The output as the service would answer it: what `simulate --samples` gives. */
  readonly sample?: Json;
  /** What AWS takes for it, for the reviewer's estimate of a run. */
  readonly charge?: Charge;
  readonly [outputType]?: Output;
}
declare const outputType: unique symbol;

/** A price as AWS publishes it for the region us-east-1, in US dollars. */
export interface Charge {
  /** What is paid for, as a table has it: `0.0625 DPU at $0.44 an hour`. */
  readonly what: string;
  /** Where its time decides: what an hour takes. */
  readonly perHour?: Amount;
  /** The least that a run takes. */
  readonly least?: number;
  /** Why a run may take more than that, as a clause: `nobody knows before how much a query scans`. */
  readonly open?: string;
  /** The page that has the price. */
  readonly source: string;
  /** When it was published, where that is not when the others were: `January 2026`. */
  readonly asOf?: string;
}

/** A number between two bounds; without `most` nothing is known above. */
export interface Amount {
  readonly least: number;
  readonly most?: number;
}

/**
 * How what an aborted execution left behind is found by its tag `dagwright:execution` and ended: a part of the machine of
 * `dist/<dag>/cleanup.json`. Templates that leave the same behind share one value.
 */
export interface Leftover {
  /** What the part does, as a comment has it: `Terminates the EMR clusters`. */
  readonly ends: string;
  /** Variables that its states assign, with their first values; `execution` is there, the ARN of the execution that ended. */
  readonly variables?: { readonly [name: string]: Json };
  readonly start: string;
  /** JSONata states; those that end the part have `Next: 'done'`. */
  readonly states: { readonly [name: string]: FragmentState };
  /** Under which conditions its calls are allowed, by IAM's action. */
  readonly conditions?: { readonly [action: string]: NonNullable<Permission['condition']> };
}

/**
 * A template as a frozen value, which `dag.task` places.
 * @example
 * ```ts
 * const tables = template<{ TableNames: readonly string[] }>({
 *   service: 'inventory',
 *   kind: 'inventory.tables',
 *   lower: (limits) => callFragment('arn:aws:states:::aws-sdk:dynamodb:listTables', {}, limits),
 *   permissions: () => [],
 * });
 * ```
 */
export function template<Output>(value: Template<Output>): Template<Output> {
  // What is no template is told where it is placed.
  if (!isTemplate(value)) return value;
  const kind = typeof value.kind === 'string' ? value.kind : 'template';
  const use = recordTemplate(kind);
  const lower: Template['lower'] = (context) => {
    use();
    return value.lower(context);
  };
  const fields = { ...Object.getOwnPropertyDescriptors(value), lower: { value: lower, enumerable: true } };
  const made = Object.defineProperties({}, fields) as Template<Output>;
  onUse(made, use);
  return Object.freeze(opaque(made, () => describeTemplate(kind)));
}

function isTemplate(value: unknown): boolean {
  try {
    return typeof (value as Partial<Template> | null | undefined)?.lower === 'function';
  } catch {
    return false;
  }
}

/** As much of a placed task as a template's teardown may use. */
export interface TaskHandle<out Output> extends AnyTask {
  readonly output: Output;
}

export interface LoweringContext {
  readonly dag: string;
  readonly task: string;
  /** How long one try may take, in seconds; undefined: as long as it takes. */
  readonly timeoutSeconds: number | undefined;
  /** The longest time between two signs of life of whoever has the task's token, in seconds. */
  readonly heartbeatSeconds?: number | undefined;
  /** Whether a name of the DAG's env is declared as a role's: its form follows where it stands. */
  readonly isRole?: (name: string) => boolean;
  /** Whether it is declared as a bucket's. */
  readonly isBucket?: (name: string) => boolean;
  /** What the return type of a function says that it answers, as a JSON schema; undefined where it does not say it. */
  readonly answerOf?: (source: TypescriptSource) => { readonly [keyword: string]: unknown } | undefined;
  /** How many of the tasks that have this one's handle can run at a time under the plan: known later, so that it is a reference. */
  readonly width: PlanWidth;
}

/**
 * The states of a task. A task of one state has it under the step `''`; a fragment's other steps are named `<task>: <step>` in the
 * machine. `Next` names steps, `End: true` ends the task; the last state's result is the task's output. Values may hold references.
 */
export interface Fragment {
  readonly start: string;
  readonly states: { readonly [step: string]: FragmentState };
  /** What the service would answer a step: `simulate --samples` gives it. A task of one state has its template's `sample`. */
  readonly samples?: { readonly [step: string]: Json };
  /** The variables that its states assign for themselves: no task's variable may bear the name. */
  readonly variables?: readonly string[];
  /**
   * The task's output: a member of the last call's answer, `Payload`, or an expression of that answer in JSONata, which begins with `$`.
   * Without it the whole answer is.
   */
  readonly output?: string;
  /** Errors after which the task is not tried again. */
  readonly neverRetriedOn?: readonly string[];
}
export type FragmentState = { readonly Type: string; readonly [field: string]: unknown };

/** One statement's worth of an IAM policy. References become placeholders; what only a run decides becomes `*` in its place. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/**
 * What a role must be allowed that a service assumes for the task. References as in a Permission. What several tasks say of a role is put
 * together. An S3 bucket that only a run names is left out.
 */
export interface RoleNeeds {
  /** The role's name as the call has it; a value of `dag.env` is the role that deploy can make. Or the setup that lends its own. */
  readonly role: string | { readonly lentBy: string };
  /** Who assumes it, where the machine's own calls do not hand it on: `ecs-tasks.amazonaws.com`. */
  readonly assumedBy?: string;
  /** That it is what a setup lends to the tasks that are given its handle. */
  readonly lends?: true;
  readonly permissions: readonly Permission[];
  /** Policies of AWS's own, by the path after `policy/`: `service-role/AmazonEMRServicePolicy_v2`. */
  readonly managedPolicies?: readonly string[];
}

const TEXT: unique symbol = Symbol.for('dagwright.expression') as never;
const LIKE: unique symbol = Symbol.for('dagwright.expression.like') as never;

/** A JSONata expression written by a template: it goes into the machine unchanged, whereas a user's text that looks like one is escaped. */
interface Expression {
  readonly [TEXT]: string;
  readonly [LIKE]?: unknown;
}

/**
 * An expression in JSONata for a field of a template's state: `$states.input`, `$states.result` and the variables that its own states assign.
 * @param like what the policy may take its value for: texts of the same form, in which references to what only a run knows stand for any
 *   text. Default: anything.
 * @example
 * const state = { Type: 'Choice', Choices: [{ Condition: expression("$states.input.Status = 'READY'"), Next: 'done' }], Default: 'wait' };
 */
export function expression(jsonata: string, like?: unknown): Expression {
  if (typeof jsonata !== 'string')
    refuse('DAG006', { id: 'expression', field: 'its text', wanted: 'a text in JSONata' });
  return Object.freeze({ [TEXT]: jsonata, ...(like !== undefined && { [LIKE]: like }) });
}

/** What the policy may take an expression's value for; undefined where that is anything, and for any other value. */
export function expressionLike(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as Partial<Expression>)[LIKE] : undefined;
}

export function expressionText(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? (value as Partial<Expression>)[TEXT] : undefined;
}

/** A substitute for a template with a fault, with which the rest of the file is read. The reported fault prevents compilation. */
export function fallbackTemplate<Output>(kind: string): Template<Output> {
  const made = template<Output>({
    service: kind.split('.')[0]!,
    kind,
    lower: () => ({ start: '', states: { '': { Type: 'Pass', End: true } } }),
    permissions: () => [],
  });
  // Its fault is reported already; a warning that no task uses it would be noise.
  markUsed(made);
  return made;
}
