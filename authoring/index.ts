/**
 * The API that DAGs are written with: the package `dagwright`. Templates, which run tasks, come from `dagwright/tasks`.
 *
 *     new Dag, env, param (dag.ts, declarations.ts) ─▶ task, setup, branch … (task-group.ts, branches.ts) ─▶ DagBuilder (dag-builder.ts)
 *         ─▶ references in texts and values (reference.ts, token.ts), arrow functions as JSONata (expressions/)
 *         ─▶ checks of everything that users pass (checks/) ─▶ DagModel, frozen plain data (model.ts), which the compiler reads
 */

export type { TriggerRule } from '../airflow/trigger-rules.ts';
export type { BranchSpec, If, Switch, Then } from './branches.ts';
export { taskToken } from './built-in-references.ts';
export { chain } from './chain.ts';
export { Dag, type DagSpec } from './dag.ts';
export {
  type EnvDeclaration,
  type EnvDeclarations,
  env,
  type ParamDeclaration,
  type ParamDeclarations,
  param,
} from './declarations.ts';
export type { Duration } from './duration.ts';
export { expr } from './expressions/index.ts';
export { verbatim } from './foreign-syntax.ts';
export { maybe } from './reference.ts';
export type { AnyTask, DefaultArgs, TaskRef, TaskSpec, Tasks, TeardownSpec } from './task.ts';
export type { TaskGroup } from './task-group.ts';
export type {
  Amount,
  Charge,
  Fragment,
  LoweringContext,
  Permission,
  PlanWidth,
  RoleNeeds,
  Template,
} from './template.ts';
