import { diagnose } from '../../../diagnostics/index.ts';
import { jobOf } from '../../../tasks/services.ts';
import type { GraphRule } from './index.ts';

/** A job that runs in another account: whoever ends what is left of a run has no role there. */
export const jobsElsewhere: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, retries }, fragment }) =>
    Object.values(fragment?.states ?? {}).flatMap(({ Credentials, Resource }) => {
      const job = Credentials === undefined ? undefined : jobOf(`${Resource}`);
      return job === undefined
        ? []
        : [
            diagnose(
              'DAG190',
              { task: id, title: job.title, ends: job.ends.call, isRetried: retries > 0 },
              { task: id, place },
            ),
          ];
    }),
  );
