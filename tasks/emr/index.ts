/** Amazon EMR on EC2. */
export type { StepOutput } from './add-step.ts';
export { type ClusterOutput, type ClusterParameters, cluster, type InstanceGroup, terminate } from './cluster.ts';
export { type SparkParameters, spark } from './spark.ts';
export { type StepParameters, step } from './step.ts';
