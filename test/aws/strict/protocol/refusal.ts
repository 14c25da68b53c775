import { randomUUID } from 'node:crypto';
import type { AwsCall } from './call.ts';

/** An answer as it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

export interface Refused {
  /** `AccessDeniedException`. */
  readonly code: string;
  readonly message: string;
  /** Default: what the service's protocol has for a client's error, 400. */
  readonly status?: number;
}

/** An error in the format of the service that was called. */
export function refusal({ protocol, service }: AwsCall, { code, message, status = 400 }: Refused): Answer {
  const id = randomUUID();
  if (protocol === 'json' || protocol === 'rest-json') {
    const version = service === 'states' || service === 'monitoring' ? '1.0' : '1.1';
    return {
      status,
      headers: {
        'content-type': protocol === 'json' ? `application/x-amz-json-${version}` : 'application/json',
        'x-amzn-requestid': id,
        ...(protocol === 'rest-json' && { 'x-amzn-errortype': code }),
        // CloudWatch had the query protocol before, whose clients know the errors by their old names.
        ...(service === 'monitoring' && { 'x-amzn-query-error': `${code};Sender` }),
      },
      body: Buffer.from(JSON.stringify({ __type: code, message })),
    };
  }
  const error = `<Code>${code}</Code><Message>${escaped(message)}</Message>`;
  const text =
    protocol === 's3'
      ? `<?xml version="1.0" encoding="UTF-8"?><Error>${error}<RequestId>${id}</RequestId></Error>`
      : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`;
  return {
    status,
    headers: { 'content-type': protocol === 's3' ? 'application/xml' : 'text/xml' },
    body: Buffer.from(text),
  };
}

/** What a service answers to whom it asks too often. */
export function throttled(call: AwsCall): Answer {
  if (call.protocol === 's3')
    return refusal(call, { code: 'SlowDown', message: 'Please reduce your request rate.', status: 503 });
  const code = call.protocol === 'query' || call.service === 'monitoring' ? 'Throttling' : 'ThrottlingException';
  return refusal(call, { code, message: 'Rate exceeded', status: call.protocol === 'rest-json' ? 429 : 400 });
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
