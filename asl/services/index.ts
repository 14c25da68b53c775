export { type FailedAnswer, failedAnswer } from './failed-answers.ts';
export { MAP_RESOURCES, OPTIMIZED, type Pattern, SDK_OF_OPTIMIZED } from './optimized.ts';
export { optimizedArguments } from './optimized-arguments.ts';
export { INTEGRATION_CALLS, type IntegrationCalls, SENT_AS_TEXT } from './optimized-calls.ts';
export { type Resource, readResource } from './resource.ts';
export {
  RETIRED_SERVICES,
  type SdkArgument,
  type SdkMembers,
  type SdkService,
  type SdkType,
  sdkService,
  sdkServices,
} from './sdk.ts';
