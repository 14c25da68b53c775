import type { Json, JsonObject } from '../../json/value.ts';
import type { State } from '../../language/types.ts';
import type { InspectionData, TestStateRequest } from './request.ts';

const HTTP = /:states:::http:invoke$/;

/**
 * The request that an HTTP Task makes, and the response, as TRACE shows them: from what the task is given and what it answers. A
 * mocked one makes none.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionDataRequest.html
 */
export function httpExchange(
  { mock }: TestStateRequest,
  state: State,
  { afterArguments, afterParameters, result }: InspectionData,
): Pick<InspectionData, 'request' | 'response'> {
  const text = afterArguments ?? afterParameters;
  if (mock !== undefined || state.Type !== 'Task' || !HTTP.test(state.Resource) || text === undefined) return {};
  const request = requestOf(JSON.parse(text));
  return result === undefined ? { request } : { request, response: responseOf(JSON.parse(result), request.protocol) };
}

function requestOf(given: JsonObject): {
  protocol: string;
  method: string;
  url: string;
  headers: string;
  body: string;
} {
  const { Method = '', ApiEndpoint = '', QueryParameters = {}, Headers = {}, RequestBody } = given;
  const url = URL.canParse(String(ApiEndpoint)) ? new URL(String(ApiEndpoint)) : undefined;
  for (const [name, value] of Object.entries(QueryParameters as JsonObject))
    for (const each of Array.isArray(value) ? value : [value]) url?.searchParams.append(name, String(each));
  return {
    protocol: url?.protocol.replace(':', '') ?? '',
    method: String(Method),
    url: url?.href ?? String(ApiEndpoint),
    headers: headersText(Headers as JsonObject),
    body: bodyText(RequestBody),
  };
}

function responseOf({ StatusCode, StatusText, Headers = {}, ResponseBody }: JsonObject, protocol: string) {
  return {
    protocol,
    statusCode: String(StatusCode ?? ''),
    statusMessage: String(StatusText ?? ''),
    headers: headersText(Headers as JsonObject),
    body: bodyText(ResponseBody),
  };
}

/** `[name: value, name: value]`, as the service writes them. */
function headersText(headers: JsonObject): string {
  return `[${Object.entries(headers)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(', ')}]`;
}

function bodyText(body: Json | undefined): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
