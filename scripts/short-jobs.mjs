import { join } from 'node:path';

/** The JVM compiles quickly rather than well, which halves the processor time of a job that lasts for seconds; Spark compiles nothing. */
export const QUICK_JVM = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Dspark.sql.codegen.wholeStage=false',
  '-Dspark.sql.codegen.factoryMode=NO_CODEGEN',
].join(' ');

/** Spark's classes as the JVM has them in memory (scripts/spark-archive.ts), which halves it again. It goes with the environment. */
export const ARCHIVE = '.dagwright/python/spark.jsa';

/**
 * For tests. An archive that is not there, or of another Spark, is passed over, and nothing is said about it where a job's output stands.
 * What is set already stays.
 */
process.env.SPARK_SUBMIT_OPTS ??= `${QUICK_JVM} -XX:SharedArchiveFile=${join(import.meta.dirname, '..', ARCHIVE)} -Xlog:disable`;
