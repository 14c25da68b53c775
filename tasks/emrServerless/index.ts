/** Amazon EMR Serverless. */
export { type ApplicationOutput, type ApplicationParameters, application, type Workers } from './application.ts';
export { type JobRunOutput, type SparkParameters, spark } from './spark.ts';
