/** Amazon EMR on EC2. */
export { type ClusterOutput, type ClusterParameters, cluster, type InstanceGroup } from './cluster.ts';
export { type SparkParameters, type StepOutput, spark } from './spark.ts';
export { terminate } from './terminate.ts';
