import { ACTIONS } from '../actions/index.ts';
import { TARGET_PREFIX } from '../model.generated.ts';
import type { Request, World } from '../world.ts';
import { ApiError } from './api-error.ts';
import { type ActionName, checkInput } from './check-input.ts';
import { readBody, type WireAnswer, writeAnswer, writeError } from './wire.ts';

/** The action that the header X-Amz-Target names; undefined where there is none of this name. */
export function actionOf(target: string | undefined): ActionName | undefined {
  const [prefix, name = '', more] = (target ?? '').split('.');
  return prefix === TARGET_PREFIX && more === undefined && Object.hasOwn(ACTIONS, name)
    ? (name as ActionName)
    : undefined;
}

/** One request: the action found, its input checked against the model, done, and its outcome as the wire has it. */
export async function dispatch(
  target: string | undefined,
  body: string,
  world: World,
  request: Request,
  onDefect: (error: unknown) => void,
): Promise<WireAnswer> {
  try {
    const action = actionOf(target);
    if (action === undefined)
      throw new ApiError('UnknownOperationException', `There is no action ${target ?? 'without X-Amz-Target'}.`);
    const input = checkInput(action, readBody(body));
    await world.store.settled();
    return writeAnswer(await ACTIONS[action](input, world, request));
  } catch (error) {
    if (error instanceof ApiError) return writeError(error);
    onDefect(error);
    return writeError(
      new ApiError('InternalFailure', 'dagwright failed in itself; its output has more. Please report this.'),
    );
  }
}
