import { components, series } from './divisions.ts';
import type { Part } from './part.ts';
import type { Choice } from './plan-with.ts';
import type { Problem } from './problem.ts';
import { nameOf } from './set-name.ts';

/**
 * How long a part takes when it is planned with `choose`, as a share of the DAG's critical path, the scenarios' mean. Each connected part
 * is planned once.
 */
export function rollOut({ scenarios }: Problem, choose: Choice): (part: Part) => number {
  const known = new Map<number, Float64Array>();
  return (part) =>
    spansOf(part).reduce((mean, span, s) => {
      const { weight, criticalPath } = scenarios[s] as (typeof scenarios)[number];
      return mean + (weight * span) / (criticalPath || 1);
    }, 0);

  /** By scenario, in milliseconds. */
  function spansOf(part: Part): Float64Array {
    const parts = components(part);
    if (parts.length === 1) return connected(part);
    const longest = new Float64Array(scenarios.length);
    for (const component of parts) {
      const spans = connected(component);
      for (let s = 0; s < spans.length; s++) longest[s] = Math.max(longest[s] as number, spans[s] as number);
    }
    return longest;
  }

  function connected(part: Part): Float64Array {
    if (part.tasks.length === 1)
      return Float64Array.from(scenarios, ({ durations }) => durations[part.tasks[0] as number] as number);
    const name = nameOf(part.tasks);
    const before = known.get(name);
    if (before) return before;
    const sum = new Float64Array(scenarios.length);
    const parts = series(part);
    for (const next of parts.length > 1 ? parts : choose(part)) {
      const spans = spansOf(next);
      for (let s = 0; s < spans.length; s++) sum[s]! += spans[s] as number;
    }
    known.set(name, sum);
    return sum;
  }
}
