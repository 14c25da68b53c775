import { type Template, template } from '../authoring/internal.ts';

/** A call of which no model says what it answers: tests may have it answer anything. */
export function openCall(body: unknown): Template {
  return template({
    service: 'sqs',
    kind: 'sqs.sendMessage',
    lower: () => ({
      start: '',
      states: {
        '': {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Arguments: { QueueUrl: 'https://q', MessageBody: body },
          End: true,
        },
      },
    }),
    permissions: () => [],
  });
}
