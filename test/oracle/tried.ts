import { expect } from '@jest/globals';
import { compare } from './agrees.ts';
import type { Story } from './airflow.ts';
import { compileStory } from './run-story.ts';
import { withOutcomes } from './values.ts';

/** How many outcomes each DAG is tried with. */
const OUTCOMES = 8;

/** A story and others of its DAG go as Airflow's do. A difference shrinks to a small DAG. */
export async function agrees(story: Story): Promise<void> {
  const compiled = compileStory(story);
  for (const one of withOutcomes(story, OUTCOMES)) {
    const outcomes = one.tasks.map(({ outcome }) => outcome);
    const { told, found } = await compare(one, compiled);
    expect({ outcomes, ...found }).toEqual({ outcomes, ...told });
  }
}
