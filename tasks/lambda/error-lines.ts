/** Frames of what runs a function. */
const NOT_THE_USERS = /engines\/functions\/bootstrap\.mjs|\(node:internal\/|\/var\/runtime\/|dagwright-entry\.ts/;

/**
 * The message and the stack of a function's error, as its runtime wrote them into the cause; any other cause as it is.
 * @example
 * errorLines('{"errorType":"ValueError","errorMessage":"no rows","stackTrace":["  File \\"/var/task/f.py\\", line 2"]}')
 */
export function errorLines(cause: string): string[] {
  try {
    const { errorType, errorMessage, stackTrace, trace } = JSON.parse(cause) as {
      readonly errorType?: string;
      readonly errorMessage?: string;
      readonly stackTrace?: readonly string[];
      readonly trace?: readonly string[];
    };
    if (trace !== undefined && trace.length > 0) return trace.filter((line) => !NOT_THE_USERS.test(line));
    if (errorMessage === undefined) return [cause];
    const said = errorType === undefined ? errorMessage : `${errorType}: ${errorMessage}`;
    return [said, ...(stackTrace ?? []).flatMap((text) => text.trimEnd().split('\n'))];
  } catch {
    return [cause];
  }
}
