/**
 * The limits of Step Functions that the compiler, the interpreter and the validator know.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */

/** A definition: "Maximum request size: 1 MB per request, including the definition". */
export const MAX_DEFINITION_BYTES = 1_048_576;
/** Events in the history of one Standard execution; the execution fails when it gets there. */
export const MAX_HISTORY_EVENTS = 25_000;
/** Days during which the name of a closed Standard execution cannot be used again. */
export const EXECUTION_NAME_DAYS = 90;
/** Input or output of a task, a state or an execution, in UTF-8. */
export const MAX_PAYLOAD_BYTES = 262_144;
/** One variable, and all that one `Assign` gives, in UTF-8. @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export const MAX_VARIABLE_BYTES = 262_144;
/** All variables of an execution together, in UTF-8. Same page. */
export const MAX_VARIABLES_BYTES = 10_485_760;
/** A variable's name, in characters. Same page. */
export const MAX_VARIABLE_NAME = 80;
/** A state's name, in characters. @see https://states-language.net/spec.html#states-fields */
export const MAX_STATE_NAME = 80;
/** Iterations of an inline Map that run at once. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
export const MAX_INLINE_MAP_CONCURRENCY = 40;
/** A Map's Label, in characters. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const MAX_LABEL = 40;
/** How long a Standard execution may take: one year. */
export const MAX_EXECUTION_SECONDS = 31_536_000;
/** How long an Express execution may take: five minutes. */
export const MAX_EXPRESS_SECONDS = 300;
/** How long an HTTP task may take. @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
export const HTTP_TASK_SECONDS = 60;
/** The most that a Wait, a timeout or a retry interval may say. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export const MAX_SECONDS = 99_999_999;
