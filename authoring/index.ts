/** What users write DAGs with: the package `dagwright`. What runs tasks comes from `dagwright/tasks`. */

export type { TriggerRule } from '../airflow/trigger-rules.ts';
export type { BranchSpec, If, Switch, Then } from './branches.ts';
export { chain } from './chain.ts';
export { Dag, type DagSpec } from './dag.ts';
export type { Duration } from './duration.ts';
export { type EnvDeclaration, type EnvDeclarations, env } from './env.ts';
export { expr } from './expressions/index.ts';
export { taskToken } from './known-later.ts';
export { maybe } from './maybe.ts';
export { type ParamDeclaration, type ParamDeclarations, param } from './param.ts';
export type { AnyTask, DefaultArgs, TaskRef, TaskSpec, Tasks, TeardownSpec } from './task.ts';
export type { TaskGroup } from './task-group.ts';
export type { Charge, Fragment, LoweringContext, Permission, RoleNeeds, Template } from './template.ts';
export { verbatim } from './verbatim.ts';
