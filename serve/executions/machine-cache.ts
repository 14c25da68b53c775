import type { StateMachine } from '../../asl/language/types.ts';
import type { RevisionRecord } from '../store/records.ts';

/** So many machines are kept as they were read; what has not been started for the longest time is read anew. */
const MOST = 50;

/** Definitions as the interpreter takes them, by revision: executions of one machine share it. */
export class MachineCache {
  readonly #read = new Map<string, StateMachine>();

  get({ id, definition }: Pick<RevisionRecord, 'id' | 'definition'>): StateMachine {
    const machine = this.#read.get(id) ?? (JSON.parse(definition) as StateMachine);
    this.#read.delete(id);
    this.#read.set(id, machine);
    for (const [oldest] of this.#read) if (this.#read.size > MOST) this.#read.delete(oldest);
    return machine;
  }
}
