import { itemsInText } from '../../items/read-text.ts';
import { Unreadable } from '../../items/unreadable.ts';
import type { JsonObject } from '../../json.ts';
import type { TaskReply } from '../options.ts';

/** What an `ItemReader` would answer of the data that a test gives in place of its source. */
export function readItems(text: string, config: JsonObject): TaskReply {
  try {
    return { result: itemsInText(text, config, 'mapItemReaderData') };
  } catch (error) {
    if (error instanceof Unreadable) return { error: 'States.ItemReaderFailed', cause: error.message };
    throw error;
  }
}
