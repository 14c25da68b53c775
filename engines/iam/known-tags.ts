import { isObject, type Json } from '../../asl/json/value.ts';
import { requestTags, type Tags, tagsIn } from './tags.ts';

/**
 * The tags of what tasks made and looked at, as far as their calls show them: what a call with tags makes bears them, and an answer may
 * say which tags a thing has. Things are known by their ids, names and ARNs.
 */
export class KnownTags {
  readonly #tags = new Map<string, Tags>();

  /** Those of a resource; undefined where nothing is known of it. */
  of(arn: string): Tags | undefined {
    const own = this.#tags.get(arn);
    if (own !== undefined) return own;
    const parts = arn.split(/[:/]/);
    return this.#tags.get(parts.at(-1) ?? '');
  }

  /** Takes note of what a call and its answer say. */
  learn(args: Json, answer: Json): void {
    const given = requestTags(args);
    if (given !== undefined) for (const name of [...textsIn(answer), ...names(args)]) this.#tags.set(name, given);
    this.#look(answer);
  }

  #look(value: Json): void {
    if (Array.isArray(value)) for (const item of value) this.#look(item);
    if (!isObject(value)) return;
    const tags = tagsIn(value.Tags);
    if (tags !== undefined) for (const name of textsIn(value)) this.#tags.set(name, tags);
    for (const member of Object.values(value))
      if (typeof member === 'object' && member !== value.Tags) this.#look(member!);
  }
}

/** The texts that stand in an object itself. */
function textsIn(value: Json): string[] {
  return isObject(value) ? Object.values(value).filter((one) => typeof one === 'string') : [];
}

/** What a call names what it makes. */
function names(args: Json): string[] {
  return isObject(args) && typeof args.Name === 'string' ? [args.Name] : [];
}
