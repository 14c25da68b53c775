import {
  type ChecksOf,
  check,
  flag,
  isReference,
  mapOf,
  misfit,
  oneOf,
  required,
  type Template,
  template,
  value,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, formed, type OtherNames, textOrJson } from '../checked.ts';
import { callsAddress } from './access.ts';
import { http } from './service.ts';

/** A request to an address on the web. */
export interface CallParameters {
  /** The ARN of a connection of EventBridge, which holds the credentials; a value of `dag.env` too. */
  readonly connection: string;
  /** `https://api.example.com/v1/days`, without a query. */
  readonly url: string;
  /** Default `GET`; with a body `POST`. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD' | 'OPTIONS';
  readonly headers?: { readonly [name: string]: string };
  /** What stands behind the question mark. */
  readonly query?: { readonly [name: string]: unknown };
  /** Sent as JSON. */
  readonly body?: unknown;
  /** That the body goes as a form does, `application/x-www-form-urlencoded`, and not as JSON. */
  readonly form?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: what the address answers is JSON of any make, unless its caller says more
export interface CallOutput<Body = any> {
  readonly StatusCode: number;
  readonly StatusText: string;
  readonly Headers: { readonly [name: string]: readonly string[] };
  /** JSON as what it is, anything else as text. */
  readonly ResponseBody: Body;
}

/**
 * Sends a request to an address on the web and waits for the answer, at most 60 seconds. Any status but 2xx fails the task, with
 * `States.Http.StatusCode.404` and its like, for `retries`, `skipOn` and `failOn`; an address that does not answer with `States.Http.Socket`.
 *
 * @typeParam Body what the address answers
 * @example
 * ```ts
 * const connection = 'arn:aws:events:eu-west-1:111122223333:connection/bank/0a1b2c3d-0000-4000-8000-000000000000';
 * const url = 'https://api.example.com/rates';
 * const rates = dag.task('rates', http.call<{ usd: number }>({ connection, url, query: { day: dag.logicalDate } }));
 * dag.task('keep', s3.put({ to: `s3://lake/rates/${dag.logicalDate}.json`, body: rates.output.ResponseBody }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
 */
// biome-ignore lint/suspicious/noExplicitAny: as above
export function call<Body = any>(parameters: CallParameters): Template<CallOutput<Body>> {
  return checkedTemplate('http.call', parameters, CALL, made<Body>, OTHER_NAMES, together);
}

const CONNECTION =
  'the ARN of a connection of EventBridge, `arn:aws:events:eu-west-1:111122223333:connection/bank/0a1b…`';
const QUERY = 'an object, `{ day: dag.logicalDate }`';
const CALL: ChecksOf<CallParameters> = {
  connection: required(
    formed(CONNECTION, (text) => /^arn:[^:]+:events:[^:]+:\d{12}:connection\/[^/]+\/[^/]+$/.test(text)),
  ),
  url: required(
    formed('an address, `https://api.example.com/v1/days`', (text) => /^https:\/\/[^\s/?#]+[^\s?#]*$/.test(text)),
  ),
  method: oneOf(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']),
  headers: mapOf(value, 'an object whose values are texts or references'),
  // Its fields are looked into where the states are made.
  query: check(QUERY, (given, where) =>
    typeof given === 'object' && given !== null && !Array.isArray(given) && !isReference(given)
      ? []
      : [misfit(given, where, QUERY)],
  ),
  body: textOrJson,
  form: flag,
};

const OTHER_NAMES: OtherNames = {
  connectionarn: 'connection',
  httpconnid: 'connection',
  connid: 'connection',
  authentication: 'connection',
  apiendpoint: 'url',
  endpoint: 'url',
  uri: 'url',
  address: 'url',
  httpmethod: 'method',
  queryparameters: 'query',
  params: 'query',
  querystring: 'query',
  data: 'body',
  json: 'body',
  payload: 'body',
  requestbody: 'body',
  responsecheck: 'A task of its own, or `dag.if`, looks at the answer.',
  responsefilter: 'The task that reads it takes what it needs of `output.ResponseBody`.',
};

function together({ method, body, form }: CallParameters): Conflict[] {
  const found: (Conflict | false)[] = [
    form === true &&
      body === undefined && {
        detail: 'form says how a body is sent, and there is none',
        instead: 'Give body, or leave form out.',
      },
    (method === 'GET' || method === 'HEAD') &&
      body !== undefined && {
        detail: `a ${method} request has no body`,
        instead: "Give query, or another method, `method: 'POST'`.",
      },
  ];
  return found.filter((one) => one !== false);
}

const RESOURCE = 'arn:aws:states:::http:invoke';
/** Step Functions encodes the body; what it is, the request must say. */
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

function made<Body>(parameters: CallParameters): Template<CallOutput<Body>> {
  const { connection, url, headers, query, body, form } = parameters;
  const method = parameters.method ?? (body === undefined ? 'GET' : 'POST');
  return template<CallOutput<Body>>({
    service: 'http',
    kind: 'http.call',
    outputShape: answerShape(RESOURCE, ['Headers', 'ResponseBody', 'StatusCode', 'StatusText']),
    sample: http.samples.call,
    lower: (limits) =>
      callFragment(
        RESOURCE,
        {
          ApiEndpoint: url,
          Method: method,
          InvocationConfig: { ConnectionArn: connection },
          ...((headers || form) && { Headers: { ...(form && !saysType(headers) && FORM), ...headers } }),
          ...(query && { QueryParameters: query }),
          ...(body !== undefined && { RequestBody: body }),
          ...(form && { Transform: { RequestBodyEncoding: 'URL_ENCODED' } }),
        },
        limits,
      ),
    permissions: () => callsAddress({ method, url: `${url}`, connection: `${connection}` }),
  });
}

function saysType(headers: CallParameters['headers'] = {}): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
}
