export { MAP_RESOURCES, OPTIMIZED, type Pattern, SDK_OF_OPTIMIZED } from './optimized.ts';
export { type Resource, readResource } from './resource.ts';
export { type SdkArgument, type SdkService, sdkService, sdkServices } from './sdk.ts';
