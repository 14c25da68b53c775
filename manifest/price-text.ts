import type { Amount } from './manifest.ts';

/** `$0.0010`, `$1.20`. */
export function dollars(amount: number): string {
  return `$${amount >= 0.1 ? amount.toFixed(2) : amount === 0 ? '0' : amount.toPrecision(2)}`;
}

/** `$1.20`, `$0.24 to $1.20`, `at least $0.24`. */
export function priceText({ least, most }: Amount): string {
  if (most === undefined) return `at least ${dollars(least)}`;
  return dollars(least) === dollars(most) ? dollars(least) : `${dollars(least)} to ${dollars(most)}`;
}

/** What an older version wrote as a number, or nothing. */
export function amountOf(value: Amount | number | undefined): Amount | undefined {
  return typeof value === 'number' ? { least: value, most: value } : value;
}

/** A sum of which some parts are known from below alone: those count with that. */
export function sumOf(parts: readonly Amount[]): {
  readonly least: number;
  readonly most: number;
  readonly isOpen: boolean;
} {
  return {
    least: parts.reduce((sum, { least }) => sum + least, 0),
    most: parts.reduce((sum, { least, most }) => sum + (most ?? least), 0),
    isOpen: parts.some(({ most }) => most === undefined),
  };
}
