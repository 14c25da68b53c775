/** Amazon ECS: containers. */
export {
  type ContainerOverride,
  type RunFunction,
  type RunParameters,
  type RunPlace,
  type RunTypescript,
  run,
  type TaskOutput,
} from './run.ts';
