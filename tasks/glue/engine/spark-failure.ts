/** The errors of which it is known by what category Glue reports them; others are UNCLASSIFIED_ERROR. */
const CATEGORIES: Readonly<Record<string, string>> = {
  AnalysisException: 'QUERY_ERROR',
  KeyError: 'INVALID_ARGUMENT_ERROR',
};

const TRACEBACK = 'Traceback (most recent call last):';

/**
 * What Glue says of a script that failed, `Error Category: UNCLASSIFIED_ERROR; Failed Line Number: 12; ValueError: no rows`: the line is
 * the script's own that came last.
 *
 * @param lines the last that the job printed
 * @param script the path that Python knows the script by
 */
export function errorMessage(lines: readonly string[], code: number, script: string): string {
  const frame = `File "${script}", line `;
  const traceback = lines.lastIndexOf(TRACEBACK);
  // What is no Python has no traceback, and begins with its place.
  const from = traceback >= 0 ? traceback + 1 : lines.findLastIndex((line) => line.startsWith(`  ${frame}`));
  if (from < 0) return `Error Category: UNCLASSIFIED_ERROR; SystemExit: ${code}`;
  const after = lines.slice(from);
  const number = after.map((line) => line.split(frame)[1]).findLast((rest) => rest !== undefined);
  const first = after.findIndex((line) => /^\S/.test(line));
  const [, name = '', text = ''] = /^(?:\w+\.)*(\w+)(?:: (.*))?$/.exec(after[first] ?? '') ?? [];
  const line = number === undefined ? '' : `Failed Line Number: ${Number.parseInt(number, 10)}; `;
  return `Error Category: ${CATEGORIES[name] ?? 'UNCLASSIFIED_ERROR'}; ${line}${described(name, text, after[first + 1])}`;
}

/** An error of Java's has its own text a line below Python's, `: org.apache.spark.SparkException: Job aborted`. */
function described(name: string, text: string, below = ''): string {
  if (name !== 'Py4JJavaError') return text === '' ? name : `${name}: ${text}`;
  return `${text} ${/^: (?:[\w$]+\.)+[\w$]+: (.*)$/.exec(below)?.[1] ?? ''}`.trim();
}
