import type { Json } from '../../../asl/json/value.ts';
import { run } from '../interpret/run.ts';
import { type Given, nothing } from './wanted.ts';

/** The value of an expression as the `Output` of a Pass state, after the variables were assigned. */
export async function evaluate(
  text: string,
  variables: { readonly [name: string]: Json } = {},
): Promise<Given | { readonly fails: string }> {
  const { status, output, error, cause } = await run(
    {
      Before: { Type: 'Pass', Assign: { unused: 0, ...variables }, Next: 'Evaluate' },
      Evaluate: { Type: 'Pass', Output: `{% ${text} %}`, End: true },
    },
    // Endless ones end by the number of their steps, whatever the time; what has an end takes far fewer.
    { input: {}, expressionBounds: { steps: 20_000, milliseconds: Number.POSITIVE_INFINITY } },
  );
  if (status === 'SUCCEEDED') return { is: output as Json };
  if (error !== 'States.QueryEvaluationError') throw new Error(`failed with ${error}: ${cause}`);
  return cause?.endsWith('returned nothing (undefined).') ? nothing : { fails: cause ?? '' };
}
