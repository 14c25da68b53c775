import {
  answerShape,
  callFragment,
  checkedTemplate,
  checks,
  expression,
  type Template,
  template,
} from 'dagwright/tasks';

const PUT = 'arn:aws:states:::aws-sdk:cloudwatchlogs:putLogEvents';

export interface AuditNote {
  /** The log stream, one of the group `audit`, which is there. */
  readonly stream: string;
  /** What was done, as a sentence. */
  readonly what: string;
}

/** Writes a line into the company's audit log: a template of the project's own, which any of its DAGs may use. */
export function auditNote(note: AuditNote): Template<unknown> {
  const fields = { stream: checks.required(checks.filled), what: checks.required(checks.filled) };
  return checkedTemplate('auditNote', note, fields, made, { message: 'what', text: 'what' });
}

function made({ stream, what }: AuditNote): Template<unknown> {
  return template({
    service: 'audit',
    kind: 'auditNote',
    outputShape: answerShape(PUT, []),
    sample: {},
    lower: (limits) =>
      callFragment(
        PUT,
        {
          LogGroupName: 'audit',
          LogStreamName: stream,
          LogEvents: [{ Message: what, Timestamp: expression('$millis()') }],
        },
        limits,
      ),
    // What the states call is known to the policy.
    permissions: () => [],
  });
}
