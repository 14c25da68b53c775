import type { Charge, FunctionCode } from '../../authoring/internal.ts';

/**
 * What a gigabyte of memory takes a second in us-east-1, by architecture, and what a call takes.
 * @see https://aws.amazon.com/lambda/pricing/
 */
const PER_GB_SECOND = { x86_64: 0.0000166667, arm64: 0.0000133334 };
export const PER_CALL = 0.2 / 1_000_000;
const SOURCE = 'https://aws.amazon.com/lambda/pricing/';

/** What a function of ours takes. */
export function functionCharge({ memory, architecture }: Pick<FunctionCode, 'memory' | 'architecture'>): Charge {
  const rate = PER_GB_SECOND[architecture];
  const perHour = (rate * 3600 * memory) / 1024;
  return {
    what: `${memory} MB (${architecture}) at $${rate} per GB-second, and $0.20 per million calls`,
    perHour: { least: perHour, most: perHour },
    least: PER_CALL,
    source: SOURCE,
  };
}

/** What a function takes that is there: nobody here knows its memory. */
export const INVOKE_CHARGE: Charge = {
  what: `$${PER_GB_SECOND.x86_64} per GB-second (x86_64) of its memory, and $0.20 per million calls`,
  perHour: { least: PER_GB_SECOND.arm64 * 3600 * 0.125, most: PER_GB_SECOND.x86_64 * 3600 * 10 },
  least: PER_CALL,
  source: SOURCE,
};
