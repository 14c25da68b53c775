/**
 * What a template is made with. The templates of dagwright are made with the same, so that a package of one's own adds a service in the way
 * in which a folder of tasks/ does: it checks what it is given, and answers the states of a task and what they need.
 *
 * @example
 * ```ts
 * import { type Template, builtIn, callFragment, checkedTemplate, checks, template } from 'dagwright/tasks';
 *
 * export interface NotifyParameters {
 *   readonly channel: string;
 *   readonly text: string;
 * }
 *
 * export function notify(parameters: NotifyParameters): Template<{ MessageId: string }> {
 *   return checkedTemplate('chat.notify', parameters, { channel: checks.required(checks.text), text: checks.required(checks.filled) }, made);
 * }
 *
 * function made({ channel, text }: NotifyParameters): Template<{ MessageId: string }> {
 *   const topic = `arn:${builtIn('partition')}:sns:${builtIn('region')}:${builtIn('account')}:chat-${channel}`;
 *   return template({
 *     service: 'chat',
 *     kind: 'chat.notify',
 *     sample: { MessageId: '00000000-0000-4000-8000-000000000000' },
 *     lower: (limits) => callFragment('arn:aws:states:::sns:publish', { TopicArn: topic, Message: text }, limits),
 *     permissions: () => [],
 *   });
 * }
 * ```
 */
import {
  duration,
  filled,
  flag,
  json,
  listOf,
  mapOf,
  object,
  oneOf,
  required,
  text,
  that,
  value,
  wholeNumber,
} from '../authoring/internal.ts';
import { file, s3Path } from './checked.ts';

export {
  type Amount,
  builtIn,
  type Charge,
  type Check,
  type ChecksOf,
  expression,
  type Fragment,
  type FragmentState,
  type Leftover,
  type LoweringContext,
  type Permission,
  type PlanWidth,
  type RoleNeeds,
  type TaskHandle,
  type Template,
  template,
} from '../authoring/internal.ts';
export { answerShape, callFragment } from './call.ts';
export { type Conflict, checkedTemplate, type OtherNames } from './checked.ts';
export { machineTag, ownName, roleArnOf } from './own-names.ts';
export { assetsAmong, located, readsAndWritesBuckets, readsAssets } from './s3-access.ts';
export { EXECUTION_TAG } from './service.ts';

/**
 * The checks of a template's parameters, for `checkedTemplate`. A parameter may be left out unless its check is within `required`. `value`
 * and `filled` take references too (`dag.env`, `dag.params`, a task's output); `text` takes what is known when the DAG is compiled.
 * @example
 * const parameters = { channel: checks.required(checks.text), urgency: checks.oneOf(['low', 'high']), retries: checks.wholeNumber(0, 5) };
 */
export const checks = {
  duration,
  file,
  filled,
  flag,
  json,
  listOf,
  mapOf,
  object,
  oneOf,
  required,
  s3Path,
  text,
  that,
  value,
  wholeNumber,
} as const;
