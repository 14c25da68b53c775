import type { JsonObject } from '../../../json.ts';
import { createHistory, type History } from '../../history.ts';
import type { ChildExecution } from '../../map-run.ts';
import type { HistoryEvent } from '../../options.ts';
import { isoTimestamp } from '../../timestamp.ts';
import type { Run } from '../../visit.ts';

/** What the children of a Map run have in common. A class, since there may be very many of them. */
export interface Family {
  readonly parent: Run;
  /** What the context object says of their state machine. */
  readonly stateMachine: JsonObject;
  /** The Map run is being ended: what its children are cancelled in leaves no trace. */
  closing: boolean;
}

export class ChildRun implements Run {
  readonly scheduler: Run['scheduler'];
  readonly history: History;
  readonly random: Run['random'];
  readonly tasks: Run['tasks'];
  readonly language: Run['language'];
  readonly expressionBounds: Run['expressionBounds'];
  readonly execution: JsonObject;
  readonly stateMachine: JsonObject;
  readonly region: string;
  readonly watchers: Run['watchers'];
  readonly redrive: Run['redrive'];
  readonly #family: Family;

  /** @param before the events that a redriven one goes on after. */
  constructor(family: Family, child: ChildExecution, before: readonly HistoryEvent[] | undefined) {
    const { parent, stateMachine } = family;
    this.#family = family;
    this.scheduler = parent.scheduler;
    this.random = parent.random;
    this.tasks = parent.tasks;
    this.language = parent.language;
    this.expressionBounds = parent.expressionBounds;
    this.region = parent.region;
    this.watchers = parent.watchers;
    this.redrive = parent.redrive;
    this.stateMachine = stateMachine;
    const { onChildEvent } = parent.watchers;
    this.history = createHistory({
      clock: parent.scheduler.clock,
      type: child.type,
      keep: false,
      before,
      onEvent: onChildEvent && ((event) => onChildEvent(child.executionArn, event)),
    });
    const execution: { [field: string]: JsonObject[string] } = {
      Id: child.executionArn,
      Input: child.input,
      StartTime: isoTimestamp(child.startDate as number),
      Name: child.name,
      RoleArn: parent.execution.RoleArn as string,
      RedriveCount: child.redriveCount,
    };
    if (child.redriveDate !== undefined) execution.RedriveTime = isoTimestamp(child.redriveDate);
    this.execution = execution;
  }

  get over(): boolean {
    return this.#family.closing || this.#family.parent.over;
  }
}
