/** What the compiler and the templates use of this room; users import from index.ts. */

export { TRIGGER_RULES, type TriggerRule } from '../airflow/trigger-rules.ts';
export { aslIn, isPathName } from './asl-texts.ts';
export { foreignTexts } from './checks/foreign-texts.ts';
export {
  type Check,
  type ChecksOf,
  check,
  DEEPEST,
  duration,
  filled,
  flag,
  json,
  listOf,
  mapOf,
  messageOf,
  misfit,
  object,
  oneOf,
  readFields,
  required,
  shown,
  text,
  that,
  unsendable,
  value,
  wholeNumber,
} from './checks/index.ts';
export { type Case, canFail, type Decision, decisionTargets } from './decision.ts';
export { durationMs } from './duration.ts';
export { insteadOfMember } from './elsewhere.ts';
export { expression, expressionText } from './expression.ts';
export {
  fieldStep,
  freeNames,
  holdsTogether,
  type LoadedFile,
  setLoadedFiles,
  standsAsTest,
  type Translated,
  textLiteral,
  translatedOf,
} from './expressions/index.ts';
export { diagnosticHere, refuse, report, setKeptFaults } from './fault.ts';
export { guard } from './guard.ts';
export { forgetTold, handedOut } from './handed-out.ts';
export { isTaskHandle, placingOf } from './handles.ts';
export { type Jinja, jinjaIn } from './jinja.ts';
export { assetReference, BUILT_IN_ENV, builtIn, contextReference, isTaskToken } from './known-later.ts';
export { type MadeDag, takeMadeDags } from './made-dags.ts';
export { type MadeTemplate, takeMadeTemplates, templatePlaced } from './made-templates.ts';
export { type DagModel, isRole, MODEL, type TaskKind, type TaskModel } from './model.ts';
export { callSite, setPlaceMapper } from './place.ts';
export type { Link } from './placer.ts';
export { plainQuotesIn, readInQuotes, variableInQuotes } from './plain-quotes.ts';
export { projectRoot, setProjectRoot } from './project.ts';
export {
  describeMaybe,
  describeTarget,
  isMaybe,
  isReference,
  reference,
  setStrictReferences,
  takeWrittenTargets,
  targetOf,
  unboundReference,
} from './reference.ts';
export type { Shape } from './shape.ts';
export { standIn } from './stand-in.ts';
export {
  type Charge,
  type Fragment,
  type FragmentState,
  type LoweringContext,
  type Permission,
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
