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
export { type Call, callsOfResource, named, type Parameter, parametersOf, type TaskCalls, valuesOf } from './calls.ts';
export { type Condition, conditionOf, type PassedRole, passedRoles, qualifiersIn } from './conditions.ts';
export { type DenialForm, denialForm } from './denials.ts';
export { type FilledAs, fillPolicy } from './filled-policy.ts';
export { resourceFault, resourcesOf } from './resources.ts';
export { type AlsoNeeded, type ArnName, type ServiceIam, type ServicesIam, servicesIam } from './services.ts';
