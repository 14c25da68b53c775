/** Amazon EMR on EKS. */
export { type JobRunOutput, type SparkParameters, spark } from './spark.ts';
