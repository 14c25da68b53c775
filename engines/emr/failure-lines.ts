/** How many lines of a failed job are shown; its log has them all. */
const SHOWN = 20;

/** Spark's own running commentary: `26/11/24 22:51:45 INFO …`. */
const COMMENTARY = /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d (TRACE|DEBUG|INFO|WARN) /;
/** The JVM's stack, which says nothing that the exception's own line does not. */
const JVM_STACK = /^\s+at [\w.$<>]+\(.*\)$|^\s*\.\.\. \d+ more$/;

/** The last lines that a failed Spark job has itself to say, without Spark's commentary and the JVM's stack. */
export function failureLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !COMMENTARY.test(line) && !JVM_STACK.test(line)).slice(-SHOWN);
}
