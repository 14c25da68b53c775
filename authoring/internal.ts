/** The names that the compiler and the templates use; users import from index.ts. */

export { TRIGGER_RULES, type TriggerRule } from '../airflow/trigger-rules.ts';
export {
  archiveOfTask,
  archiveReference,
  assetReference,
  BUILT_IN_ENV,
  builtIn,
  contextReference,
  functionName,
  functionReference,
  isFunctionName,
  isTaskToken,
  stepReference,
} from './built-in-references.ts';
export {
  type Check,
  type ChecksOf,
  check,
  filled,
  flag,
  listOf,
  misfit,
  oneOf,
  required,
  shown,
  text,
  that,
  unsendable,
  value,
  wholeNumber,
} from './checks/check.ts';
export { DEEPEST, json, mapOf, messageOf, object, readFields } from './checks/fields.ts';
export { taskOptions } from './checks/task-spec.ts';
export { markUsed } from './creations.ts';
export type { Link } from './dag-builder.ts';
export { type Case, canFail, type Decision, decisionTargets } from './decision.ts';
export { duration, durationMs } from './duration.ts';
export { insteadOfMember } from './elsewhere.ts';
export {
  fieldStep,
  freeNames,
  holdsTogether,
  isFunction,
  namesIn,
  paramsOf,
  standsAsTest,
  type Translated,
  textLiteral,
  translatedOf,
} from './expressions/index.ts';
export { diagnosticHere, refuse, report } from './faults.ts';
export { aslIn, foreignTexts, isPathName, plainQuotesIn, readInQuotes, variableInQuotes } from './foreign-syntax.ts';
export type { FunctionCode, FunctionSource, JobCode, PythonSource, TypescriptSource } from './function-code.ts';
export { functionSource } from './function-source.ts';
export { guard } from './guard.ts';
export { type Jinja, jinjaIn } from './jinja.ts';
export {
  type CreatedDag,
  type CreatedTemplate,
  newEvaluation,
  type ParsedFile,
  projectRoot,
  recordFolder,
  withLoading,
} from './loading.ts';
export { type DagModel, isRole, MODEL, type TaskKind, type TaskModel } from './model.ts';
export { opaqueOf } from './opaque.ts';
export { placeOnDemand } from './place.ts';
export {
  describeMaybe,
  describeTarget,
  isMaybe,
  isReference,
  isWholeOutput,
  reference,
  targetOf,
  targetsOf,
  unboundReference,
} from './reference.ts';
export type { Shape } from './shape.ts';
export { handleInfo, isTaskHandle } from './task.ts';
export {
  type Amount,
  type Charge,
  expression,
  expressionLike,
  expressionText,
  type Fragment,
  type FragmentState,
  fallbackTemplate,
  type Leftover,
  type LoweringContext,
  type Permission,
  PLAN_WIDTH,
  type PlanWidth,
  planWidthLimit,
  type RoleNeeds,
  type TaskHandle,
  type Template,
  template,
} from './template.ts';
export {
  isPosition,
  keptTarget,
  mayHoldToken,
  splitTokens,
  type Target,
  targetsIn,
  tokenOf,
  withoutMarks,
} from './token.ts';
