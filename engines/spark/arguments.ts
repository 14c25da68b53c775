/** Options of spark-submit that stand alone; every other takes a value, after it or after an `=`. */
const FLAGS = new Set(['--verbose', '-v', '--supervise', '--version', '--help', '-h', '--usage-error']);
/** Options whose value is a list of files. */
const FILE_LISTS = new Set(['--py-files', '--files', '--jars', '--archives', '--properties-file']);

/** An option of spark-submit; one that stands alone has no value. */
export interface SparkOption {
  readonly name: string;
  readonly value?: string;
}

/** The arguments of a spark-submit, taken apart. */
export interface SparkArguments {
  readonly options: readonly SparkOption[];
  /** The application: a Python script or a jar. */
  readonly application?: string;
  /** The application's own arguments. */
  readonly args: readonly string[];
}

/**
 * Takes the arguments of a spark-submit apart, as it does itself: options up to the application, and the application's own.
 *
 * @example
 * sparkArguments(['--conf=spark.a=b', 'main.py', 'gold']);
 * // { options: [{ name: '--conf', value: 'spark.a=b' }], application: 'main.py', args: ['gold'] }
 */
export function sparkArguments(args: readonly string[]): SparkArguments {
  const options: SparkOption[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith('-')) return { options, application: arg, args: args.slice(i + 1) };
    const equals = arg.indexOf('=');
    if (FLAGS.has(arg)) options.push({ name: arg });
    else if (equals > 0) options.push({ name: arg.slice(0, equals), value: arg.slice(equals + 1) });
    else options.push({ name: arg === '-c' ? '--conf' : arg, value: args[++i] ?? '' });
  }
  return { options, args: [] };
}

/** The options as they stand on a command line. */
export function optionWords(options: readonly SparkOption[]): string[] {
  return options.flatMap(({ name, value }) => (value === undefined ? [name] : [name, value]));
}

/** The `property=value` of all `--conf`. */
export function settingsIn(options: readonly SparkOption[]): string[] {
  return options.flatMap(({ name, value }) => (name === '--conf' && value !== undefined ? [value] : []));
}

/** The value of a property among `property=value`, of which the last counts; undefined where it is not among them. */
export function settingOf(settings: readonly string[], name: string): string | undefined {
  return settings.findLast((setting) => setting.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The files that an option names; none for an option that names none. */
export function filesOf({ name, value }: SparkOption): string[] | undefined {
  return FILE_LISTS.has(name) && value !== undefined ? value.split(',') : undefined;
}

/** The files in S3 that Spark fetches before it runs an application: the application itself, and those of its options. */
export function fetchedFiles({ options, application }: SparkArguments): string[] {
  const files = [
    ...options.flatMap((option) => filesOf(option) ?? []),
    ...(application === undefined ? [] : [application]),
  ];
  return files.filter((file) => file.startsWith('s3'));
}

/** Options that concern the JVM itself: they take effect when it starts. */
const OF_JVM = new Set([
  '--driver-memory',
  '--driver-java-options',
  '--driver-class-path',
  '--driver-library-path',
  '--properties-file',
]);
const SETTING_OF_JVM = /^spark\.driver\.(?:memory|(?:extra|default)JavaOptions|extraClassPath|extraLibraryPath)=/;

/** The options that concern the JVM of a job: what differs in these cannot share one. */
export function optionsOfJvm(options: readonly SparkOption[]): SparkOption[] {
  return options.filter(
    ({ name, value }) => OF_JVM.has(name) || (name === '--conf' && SETTING_OF_JVM.test(value ?? '')),
  );
}

/** The words of a command line, as a shell takes them apart. */
export function words(line: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quote !== "'" && char === '\\' && i + 1 < line.length) word = (word ?? '') + line[++i];
    else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  return word === undefined ? found : [...found, word];
}
