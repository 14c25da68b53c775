/** Amazon ECS: containers. */
export { type ContainerOverride, type RunParameters, run, type TaskOutput } from './run.ts';
