import type { Catcher, Choice, State } from '../language/types.ts';

/** A way out of a state. */
export interface Way {
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
  /** Of a Catch, the errors; of a Choice, its rule's comment or number. */
  readonly label?: string;
}

/** The ways out of a state, each target once for each kind, in the order of the definition. */
export function waysOf(state: State): Way[] {
  const { Next, Catch } = state as { readonly Next?: string; readonly Catch?: readonly Catcher[] };
  const { Choices = [], Default } = (state.Type === 'Choice' ? state : {}) as Partial<Choice>;
  return merged([
    ...(Next === undefined ? [] : [{ to: Next, kind: 'next' as const }]),
    ...Choices.flatMap(({ Next: to, Comment }) =>
      to === undefined ? [] : [{ to, kind: 'choice' as const, ...(Comment !== undefined && { label: Comment }) }],
    ),
    ...(Default === undefined ? [] : [{ to: Default, kind: 'default' as const }]),
    ...(Catch ?? []).map(({ Next: to, ErrorEquals }) => ({
      to,
      kind: 'catch' as const,
      label: ErrorEquals.join(', '),
    })),
  ]);
}

function merged(ways: readonly Way[]): Way[] {
  const found = new Map<string, Way>();
  for (const way of ways) {
    const key = `${way.kind} ${way.to}`;
    const label = [found.get(key)?.label, way.label].filter((text) => text !== undefined).join('; ');
    found.set(key, { to: way.to, kind: way.kind, ...(label !== '' && { label }) });
  }
  return [...found.values()];
}
