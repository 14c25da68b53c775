import { type Check, check, filled, mapOf, misfit } from '../authoring/internal.ts';
import { type Conflict, knownText } from './checked.ts';

/** An attribute of a message by its name. A number is a Number; a text, and a reference whatever it refers to, a String. */
export type AttributeValue = string | number;

/** The check of a message's attributes. `lists`: whether the service has lists, String.Array. */
export function messageAttributes(lists: boolean): Check {
  const wanted = lists ? 'a text, a number, a reference or a list of them' : 'a text, a number or a reference';
  const one: Check = check(wanted, (given, where) => {
    if (typeof given === 'number' && Number.isFinite(given)) return [];
    if (lists && Array.isArray(given)) return given.flatMap((item) => one(item, where));
    return typeof given === 'string' || typeof given === 'object'
      ? filled(given, where)
      : [misfit(given, where, wanted)];
  });
  return mapOf(one, `an object whose values are each ${wanted}`);
}

/**
 * Attributes as SNS and SQS take them, each with its data type.
 * @example attributesOf({ kind: 'daily', rows: 3 }) // { kind: { DataType: 'String', StringValue: 'daily' }, rows: { DataType: 'Number', StringValue: '3' } }
 */
export function attributesOf(given: { readonly [name: string]: AttributeValue | readonly AttributeValue[] }) {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (typeof value === 'number') return [name, { DataType: 'Number', StringValue: String(value) }];
      if (Array.isArray(value)) return [name, { DataType: 'String.Array', StringValue: JSON.stringify(value) }];
      // A reference becomes the text that stands for its value.
      return [name, { DataType: 'String', StringValue: `${value as string}` }];
    }),
  );
}

/** Of a topic or a queue of SNS and SQS, whose name ends with `.fifo` where it keeps messages in their order. */
export interface FifoParameters {
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/** What is wrong with them, as far as the name is known now. Of a standard topic or queue a group is a tenant, for SQS's fair queues. */
export function fifoConflicts(
  what: 'topic' | 'queue',
  name: string,
  { groupId, deduplicationId }: FifoParameters,
): Conflict[] {
  if (isFifo(name))
    return groupId !== undefined
      ? []
      : [
          {
            detail: `the ${what} is a FIFO ${what}, and there is no groupId`,
            instead: 'Give groupId: messages of one group arrive in their order.',
          },
        ];
  if (knownText(name) === undefined || deduplicationId === undefined) return [];
  return [
    {
      detail: `deduplicationId is for FIFO ${what}s, whose names end with ".fifo", and the ${what} is ${JSON.stringify(name)}`,
      instead: `Leave deduplicationId out, or send to a FIFO ${what}.`,
    },
  ];
}

/** Also where only the end of the name is known. */
export function isFifo(name: string): boolean {
  return typeof name === 'string' && name.endsWith('.fifo');
}
