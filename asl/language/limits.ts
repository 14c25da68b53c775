/**
 * The limits of Step Functions.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html, where nothing else is named
 */
export const LIMITS = {
  /** Bytes of a definition: "Maximum request size: 1 MB per request, including the definition". */
  definitionBytes: 1_048_576,
  /** Events in the history of one Standard execution. 5–7 go to a task, 4 to a Parallel. */
  historyEvents: 25_000,
  /** Days during which the name of a closed Standard execution cannot be used again. */
  executionNameDays: 90,
  /** Bytes of UTF-8 of a state's input, output or result, of one variable, and of all that one `Assign` assigns. */
  dataBytes: 262_144,
  /** Bytes of all variables of an execution. @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
  variablesBytes: 10_485_760,
  /** Characters of a variable's name. Same page. */
  variableName: 80,
  /** Characters of a state's name. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-states.html */
  stateName: 80,
  /** Characters of a Map's Label. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
  label: 40,
  /** Items that a distributed Map reads. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
  mapItems: 100_000_000,
  /** Iterations of an inline Map at one time. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
  inlineConcurrency: 40,
  /** Child executions of a distributed Map at one time. */
  distributedConcurrency: 10_000,
  /** Items that a distributed Map reads at most. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
  readItems: 100_000_000,
  /** How often one Map run can be redriven. @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html */
  mapRunRedrives: 1000,
  /** Seconds that a Standard execution may take: a year. */
  executionSeconds: 31_536_000,
  /** Seconds that an Express execution may take: five minutes. */
  expressSeconds: 300,
  /** Seconds that an HTTP task may take. @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
  httpSeconds: 60,
  /** The most that a Wait, a timeout or a retry's interval may say. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
  waitSeconds: 99_999_999,
  /** The most retries of one retrier. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
  retryAttempts: 99_999_999,
} as const;
