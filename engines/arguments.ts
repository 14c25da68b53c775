import { isObject, type Json, type JsonObject } from '../asl/json/value.ts';
import { ServiceError } from './engine.ts';

/** Reads the fields of an action's arguments; what is missing or of another kind is refused as the service would refuse it. */
export class Arguments {
  readonly #fields: JsonObject;
  readonly #error: string;
  readonly #path: string;

  /** @param error the name under which the service refuses wrong arguments. */
  constructor(fields: Json, error: string, path = '') {
    if (!isObject(fields)) throw new ServiceError(error, `${path || 'The arguments'} must be an object`);
    this.#fields = fields;
    this.#error = error;
    this.#path = path;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined && this.#fields[name] !== null;
  }

  string(name: string): string {
    const value = this.#fields[name];
    if (typeof value === 'string' && value !== '') return value;
    return this.#refuse(name, 'must be a text');
  }

  number(name: string, otherwise: number): number {
    const value = this.#fields[name] ?? otherwise;
    if (typeof value === 'number') return value;
    return this.#refuse(name, 'must be a number');
  }

  strings(name: string): string[] {
    const value = this.#fields[name];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value as string[];
    return this.#refuse(name, 'must be a list of texts');
  }

  object(name: string): Arguments {
    return new Arguments(this.#fields[name] ?? {}, this.#error, this.#at(name));
  }

  list(name: string): Arguments[] {
    const value = this.#fields[name] ?? [];
    if (!Array.isArray(value)) return this.#refuse(name, 'must be a list');
    return (value as Json[]).map((item, i) => new Arguments(item, this.#error, `${this.#at(name)}[${i}]`));
  }

  json(name: string): Json | undefined {
    return this.#fields[name];
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  #refuse(name: string, what: string): never {
    throw new ServiceError(this.#error, `Value at '${this.#at(name)}' failed to satisfy constraint: Member ${what}`);
  }
}
