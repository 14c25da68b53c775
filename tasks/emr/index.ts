/** Amazon EMR on EC2. */
export { type ClusterOutput, type ClusterParameters, cluster, type InstanceGroup, terminate } from './cluster.ts';
export { type SparkParameters, type StepOutput, spark } from './spark.ts';
