import { diagnose, Stop } from '../diagnostics/index.ts';
import { isObject } from './json/value.ts';

/** An argument of one of this room's functions, as messages name it, and whether it is what the function takes. */
interface Argument {
  /** `validate(…): its options`. */
  readonly name: string;
  readonly wanted: string;
  readonly fits: () => boolean;
}

/**
 * Stops at the first argument that is of another kind than its function takes. What throws when it is read does not fit.
 * @throws Stop with ASL098
 */
export function checkArguments(...all: readonly Argument[]): void {
  for (const { name, wanted, fits } of all) if (!holds(fits)) throw new Stop(diagnose('ASL098', { name, wanted }));
}

function holds(fits: () => boolean): boolean {
  try {
    return fits();
  } catch {
    return false;
  }
}

/** The argument of a machine: what is in it is `validate`'s to say. */
export function machineArgument(call: string, machine: unknown): Argument {
  return {
    name: `${call}: its machine`,
    wanted: 'a state machine as an object, with StartAt and States',
    fits: () => isObject(machine) && typeof machine.StartAt === 'string' && isObject(machine.States),
  };
}

/** Milliseconds that a Date can hold. */
export function isTime(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
}

/** The argument of a history: the events as `readHistory` and `interpret` answer them. */
export function historyArgument(call: string, events: unknown): Argument {
  return {
    name: `${call}: its history`,
    wanted: 'the events of an execution, as readHistory or interpret answers them',
    fits: () =>
      Array.isArray(events) &&
      Array.from(events as unknown[]).every(
        (one) => isObject(one) && typeof one.id === 'number' && typeof one.type === 'string' && isTime(one.timestamp),
      ),
  };
}
