import { words } from '../../../engines/spark/arguments.ts';

/** Options of spark-submit that stand for arguments that Glue itself reads. */
const OPTIONS: Readonly<Record<string, string>> = { '--extra-py-files': '--py-files', '--extra-jars': '--jars' };

/** What else Glue reads and the script is not given. */
const CONSUMED = new Set([
  ...Object.keys(OPTIONS),
  '--additional-python-modules',
  '--class',
  '--conf',
  '--extra-files',
  '--job-language',
  '--python-modules-installer-option',
  '--scriptLocation',
]);

/** The arguments of a Glue job, by who reads them. */
export interface JobArguments {
  /** For spark-submit, up to the script. */
  readonly options: readonly string[];
  /** For the script, as `--name value`. */
  readonly args: readonly string[];
  /** Packages that are installed first. */
  readonly modules: readonly string[];
  /** Words for pip. */
  readonly installer: readonly string[];
  /** Files that lie beside the script. */
  readonly files: readonly string[];
}

/**
 * Takes the arguments of a run apart. Those that Glue reads and that mean nothing on this machine (`--enable-metrics`, `--TempDir`) go to
 * the script with its own, as Glue passes them.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
export function jobArguments(
  all: Readonly<Record<string, string>>,
  { jobName, id }: { readonly jobName: string; readonly id: string },
): JobArguments {
  const listed = (name: string) => (all[name] ?? '').split(',').flatMap((word) => word.trim() || []);
  // One argument holds all settings: what follows the first repeats the option.
  const settings = (all['--conf'] ?? '').split(/\s+--conf\s+/).flatMap((setting) => setting.trim() || []);
  const own = Object.entries(all).filter(([name]) => !CONSUMED.has(name));
  return {
    options: [
      ...Object.entries(OPTIONS).flatMap(([name, option]) => {
        const files = listed(name);
        return files.length === 0 ? [] : [option, files.join(',')];
      }),
      ...settings.flatMap((setting) => ['--conf', setting]),
    ],
    args: [
      ...own.flatMap(([name, value]) => (value === '' ? [name] : [name, value])),
      ...['--JOB_ID', `j_${id.slice('jr_'.length)}`, '--JOB_RUN_ID', id, '--JOB_NAME', jobName],
    ],
    modules: listed('--additional-python-modules'),
    installer: words(all['--python-modules-installer-option'] ?? ''),
    files: listed('--extra-files'),
  };
}
