/**
 * For tests, whose Spark jobs last for seconds: the JVM compiles quickly rather than well, which halves the processor time of such a job.
 * What is set already stays.
 */
process.env.SPARK_SUBMIT_OPTS ??= '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';
