import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error.ts';

/** What an endpoint's page tokens are made and checked with. */
export interface Pager {
  readonly secret: string;
  readonly now: () => number;
}

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** A token's life in milliseconds. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const LIFE = 24 * 60 * 60 * 1000;
const DEFAULT_SIZE = 100;

/**
 * One page of a listing, with the token of the next. `read` gives the items after a key in the order of the listing, each with its key;
 * only so many are read as the page needs. `what` is everything else that was asked: a token is good for the very same question alone.
 *
 * @throws ApiError InvalidToken for a token that is not this endpoint's, is for another question, or is older than 24 hours.
 */
export function page<T, K>(
  { secret, now }: Pager,
  what: readonly unknown[],
  { maxResults, nextToken }: PageRequest,
  read: (after: K | undefined) => Iterable<{ readonly key: K; readonly item: T }>,
): { readonly items: T[]; readonly nextToken: string | undefined } {
  const question = createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 16);
  const after = nextToken === undefined ? undefined : open<K>(secret, nextToken, question, now());
  const size = maxResults || DEFAULT_SIZE;
  const items: T[] = [];
  let last: K | undefined;
  for (const { key, item } of read(after)) {
    if (items.length === size) return { items, nextToken: seal(secret, { question, last, until: now() + LIFE }) };
    items.push(item);
    last = key;
  }
  return { items, nextToken: undefined };
}

function seal(secret: string, content: object): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${body}.${sign(secret, body)}`;
}

function open<K>(secret: string, token: string, question: string, now: number): K {
  const [body = '', signature = ''] = token.split('.');
  const expected = Buffer.from(sign(secret, body));
  const given = Buffer.from(signature);
  if (given.length === expected.length && timingSafeEqual(given, expected)) {
    const content = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
      question: string;
      last: K;
      until: number;
    };
    if (content.question === question && content.until > now) return content.last;
  }
  throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
}

function sign(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}
