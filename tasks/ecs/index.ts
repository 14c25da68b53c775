/** Amazon ECS: containers. */
export { type ContainerOverride, type RunFunction, type RunParameters, run, type TaskOutput } from './run.ts';
