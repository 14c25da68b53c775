export {
  actionNames,
  type IamAction,
  iamAction,
  iamActionsOf,
  keyType,
  type NeededAction,
  neededForAnswers,
  resourceKeys,
} from './actions.ts';
export { PARTS, type Part, readArn, readPart } from './arns.ts';
export {
  type Call,
  callsOfResource,
  named,
  type Parameter,
  parametersOf,
  type TaskCalls,
  valuesOf,
} from './calls.ts';
export { type Condition, conditionOf, qualifiersIn } from './conditions.ts';
export { type DenialForm, denialForm } from './denials.ts';
export { type FilledAs, fillPolicy } from './filled-policy.ts';
export { type PassedRole, passedRoles } from './passed-roles.ts';
export { resourceFault } from './resource-faults.ts';
export { resourcesOf } from './resources.ts';
export { type AlsoNeeded, type ArnName, type ServiceIam, type ServicesIam, servicesIam } from './services.ts';
