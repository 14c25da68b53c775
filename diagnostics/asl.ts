import { ASL_DOCUMENTS } from './asl-documents.ts';
import { ASL_EXPRESSIONS } from './asl-expressions.ts';
import { ASL_FIELDS } from './asl-fields.ts';
import { ASL_FLOW } from './asl-flow.ts';
import { ASL_TASKS } from './asl-tasks.ts';

/** Diagnostics of the validator. If an entry's `why` names a code of AWS, AWS refuses the same. */
export const ASL = { ...ASL_FIELDS, ...ASL_FLOW, ...ASL_EXPRESSIONS, ...ASL_TASKS, ...ASL_DOCUMENTS };
