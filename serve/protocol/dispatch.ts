import { ACTIONS } from '../actions/index.ts';
import { TARGET_PREFIX } from '../model.generated.ts';
import type { Request, World } from '../world.ts';
import { ApiError } from './api-error.ts';
import { type ActionName, checkInput } from './check-input.ts';

/** The action that the header X-Amz-Target names; undefined where there is none of this name. */
function actionOf(target: string | undefined): ActionName | undefined {
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

/** The service's namespace in the type of an error; clients look at what follows the `#`. */
const SERVICE = 'com.amazonaws.sfn';
const COMMON = 'com.amazon.coral.service';
const OF_SERVICE = /^(?!UnknownOperation|Serialization|AccessDenied|RequestEntityTooLarge|InternalFailure)/;

export interface WireAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** The body of a request as JSON; an empty one is an empty object. */
function readBody(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('SerializationException', 'The request body is not JSON');
  }
}

/** An answer as AWS JSON 1.0 has it: timestamps are seconds since the epoch, members that are undefined are left out. */
function writeAnswer(output: object): WireAnswer {
  return { status: 200, headers: {}, body: JSON.stringify(output, asSeconds) };
}

// JSON.stringify asks a Date for its text before it asks this function: the object that holds it still has the Date.
function asSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const held = this[key];
  return held instanceof Date ? held.getTime() / 1000 : value;
}

/** An error: its type in the body, and its bare name in a header. */
export function writeError(error: ApiError): WireAnswer {
  const type = `${OF_SERVICE.test(error.name) ? SERVICE : COMMON}#${error.name}`;
  return {
    status: error.status,
    headers: { 'x-amzn-ErrorType': error.name },
    body: JSON.stringify({ __type: type, message: error.message, ...error.details }),
  };
}

/** A moment as the protocol has it; undefined where there is none. */
export function dateOf(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}
