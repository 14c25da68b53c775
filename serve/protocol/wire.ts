import { ApiError } from './api-error.ts';

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
export function readBody(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('SerializationException', 'The request body is not JSON');
  }
}

/** An answer as AWS JSON 1.0 has it: timestamps are seconds since the epoch, members that are undefined are left out. */
export function writeAnswer(output: object): WireAnswer {
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
