/** So many characters of a cause are shown. */
const CAUSE = 300;

/** What a service's description of a failed job says in its own words. */
export function reasonOf(cause: string): string {
  try {
    const job = JSON.parse(cause) as {
      Status?: { FailureDetails?: { Message?: string }; StateChangeReason?: unknown; State?: string };
      ErrorMessage?: string;
      errorMessage?: string;
    };
    const { FailureDetails, StateChangeReason, State } = job.Status ?? {};
    const said =
      FailureDetails?.Message ??
      (typeof StateChangeReason === 'string' ? StateChangeReason : undefined) ??
      job.ErrorMessage ??
      // As a Lambda's runtime writes it.
      job.errorMessage ??
      State;
    return typeof said === 'string' ? oneLine(said) : oneLine(cause);
  } catch {
    return oneLine(cause);
  }
}

export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > CAUSE ? `${line.slice(0, CAUSE - 1)}…` : line;
}
