/** Amazon SageMaker AI: training, processing, batch answers, models and endpoints. */
export { type EndpointOutput, type EndpointParameters, endpoint, type Serverless } from './endpoint.ts';
export type { Instances, Network } from './instances.ts';
export { type ModelOutput, type ModelParameters, model } from './model.ts';
export {
  type ProcessingInput,
  type ProcessingOutput,
  type ProcessOutput,
  type ProcessParameters,
  process,
} from './process.ts';
export { type Channel, type TrainOutput, type TrainParameters, train } from './train.ts';
export { type TransformOutput, type TransformParameters, transform } from './transform.ts';
