import { diagnose, Stop } from '../../diagnostics/index.ts';

/**
 * The Spark that an EMR release carries, and with it the pyspark that stands for it here.
 * @see https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-7x.html
 */
export const SPARK_OF_RELEASE: Readonly<Record<string, string>> = {
  'emr-7.11.0': '3.5.6',
  'emr-7.12.0': '3.5.6',
  'emr-7.13.0': '3.5.6',
};

/** The Spark version of the releases that a machine names; a machine without EMR needs none. */
export function sparkVersion(releases: readonly string[]): string | undefined {
  const versions = new Set<string>();
  for (const release of releases) {
    const version = SPARK_OF_RELEASE[release];
    if (version === undefined) throw new Stop(diagnose('RUN020', { release, known: Object.keys(SPARK_OF_RELEASE) }), 1);
    versions.add(version);
  }
  if (versions.size > 1) throw new Stop(diagnose('RUN021', { releases: [...releases].sort() }), 1);
  return [...versions][0];
}
