import { isError } from '../aws/errors.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { timetable } from './logical-dates.ts';
import { type Operating, operate } from './operation.ts';

export interface PauseTerminalOptions extends Operating {
  /** The schedule goes on. */
  readonly off: boolean;
  readonly json: boolean;
}

/** Disables a DAG's schedule, or enables it again. Runs that are under way go on. */
export async function pauseForTerminal(options: PauseTerminalOptions): Promise<0> {
  const { dag, off, json } = options;
  return operate(options, async ({ manifest, clients, names, environment }) => {
    if (timetable(manifest) === undefined) throw new Stop(diagnose('OPS008', { dag, schedule: manifest.schedule }));
    const scheduler = await clients.scheduler();
    const [Name, GroupName] = [names.schedule, names.scheduleGroup];
    const found = await scheduler.getSchedule({ Name, GroupName }).catch((error: unknown) => {
      if (!isError(error, 'ResourceNotFoundException')) throw error;
      throw new Stop(diagnose('OPS013', { dag, schedule: Name, environment: environment.name }));
    });
    const State = off ? 'ENABLED' : 'DISABLED';
    const changed = found.State !== State;
    if (changed) {
      // An update replaces all of it.
      const {
        $metadata,
        Arn,
        CreationDate,
        LastModificationDate,
        ScheduleExpression,
        FlexibleTimeWindow,
        Target,
        ...rest
      } = found;
      await scheduler.updateSchedule({
        ...rest,
        Name,
        ScheduleExpression: ScheduleExpression!,
        FlexibleTimeWindow: FlexibleTimeWindow!,
        Target: Target!,
        State,
      });
    }
    const how = `${changed ? 'is' : 'was already'} ${off ? 'on' : 'paused'}`;
    const next = off
      ? `\`dagwright backfill ${dag}\` starts what was missed.`
      : `Runs under way go on; \`dagwright pause ${dag} --off\` ends the pause; a deploy does not.`;
    if (json) process.stdout.write(`${JSON.stringify({ dag, schedule: Name, state: State, changed })}\n`);
    else process.stdout.write(`The schedule of ${dag} ${how}. ${next}\n`);
    return 0 as const;
  });
}
