export { type IamAction, iamAction, iamActionsOf, keyType, type NeededAction, resourceKeys } from './actions.ts';
export {
  type Call,
  callsOfResource,
  named,
  type Parameter,
  parametersOf,
  type TaskCalls,
  valuesOf,
} from './calls.ts';
export { type PassedRole, passedRoles } from './passed-roles.ts';
export { resourcesOf } from './resources.ts';
export { type ArnName, type ServiceIam, type ServicesIam, servicesIam } from './services.ts';
