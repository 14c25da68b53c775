import { answerOf } from '../asl/services/answers.ts';
import type { ResultMember } from '../asl/services/sdk-results.ts';
import type { Fragment, Shape } from '../authoring/internal.ts';

/** The fragment of a task that is one Task state. */
export function singleState(resource: string, args: unknown): Fragment {
  return { start: '', states: { '': { Type: 'Task', Resource: resource, Arguments: args, End: true } } };
}

/** What is known of the fields of a call's answer that a template's type promises. */
export function answerShape(resource: string, fields: readonly string[]): Shape {
  return () => {
    const answer = answerOf(resource);
    const members = answer?.kind === 'structure' ? answer.members : new Map<string, ResultMember>();
    return { kind: 'structure', members: new Map(fields.map((name) => [name, members.get(name) ?? OPEN])) };
  };
}

const OPEN: ResultMember = { required: false, shape: () => ({ kind: 'any' }) };
