import type { Translated } from './expressions/index.ts';
import type { Target } from './token.ts';

/** How a branch or a short circuit decides when the run gets there. */
export type Decision =
  /** The first case whose condition holds; else `otherwise`. */
  | ({ readonly kind: 'cases'; readonly cases: readonly Case[]; readonly otherwise: readonly string[] } & ChosenGroups)
  /** An id or a list of ids, known when the run gets there. */
  | ({ readonly kind: 'computed'; readonly chosen: Translated } & ChosenGroups)
  /** Whether the run goes on behind it. */
  | { readonly kind: 'test'; readonly goOn: Translated; readonly ignoreDownstreamTriggerRules: boolean };

/** Filled in when the dependencies are known. */
interface ChosenGroups {
  /** For each group that may be chosen the tasks right downstream of the branch that then go on. */
  readonly groups?: { readonly [group: string]: readonly string[] };
}

export interface Case {
  readonly when: Translated;
  /** Ids of tasks right downstream, or of groups. */
  readonly chosen: readonly string[];
}

/** Whether deciding can fail: an expression can, and what is computed may be no task right downstream. */
export function canFail(decision: Decision): boolean {
  if (decision.kind === 'cases') return decision.cases.some(({ when }) => when.canFail);
  return decision.kind === 'computed' || decision.goOn.canFail;
}

/** The references in what decides. */
export function decisionTargets(decision: Decision): Target[] {
  const expressions =
    decision.kind === 'cases'
      ? decision.cases.map(({ when }) => when)
      : [decision.kind === 'test' ? decision.goOn : decision.chosen];
  return expressions.flatMap(({ pieces }) => pieces).filter((piece): piece is Target => typeof piece !== 'string');
}
