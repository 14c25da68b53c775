import { callerWithConditions } from '../caller-with-conditions.ts';
import type { Check } from '../check.ts';
import { environmentOf, projectWith } from '../project.ts';
import { expectThat } from '../verdict.ts';
import type { Workspace } from '../workspace.ts';

const TIMES = 5;

/** A first deploy, again and again, under names that nobody has seen: what was just made is not seen everywhere at once. */
export const firstDeploys: Check = {
  number: 2,
  name: 'first-deploys',
  title:
    'A DAG is deployed from nothing five times, and by a caller who has the least policy of docs/deploy.md, under conditions',
  makes: 'six times the roles, machines, schedule and rule of a DAG that is never run; a role to deploy with',
  most: 0,
  why: 'none of it costs anything while nothing runs',
  minutes: 30,
  async run(at) {
    const project = await projectWith(at, ['first'], { schedule: 'disabled' });
    for (let time = 1; time <= TIMES; time += 1) {
      await at.part(`from nothing, time ${time}`, async () => {
        await project.configure({ prefix: `${time}-`, schedule: 'disabled', env: await environmentOf(at) });
        await deployAndLook(project);
      });
    }
    await at.part('by a caller with conditions', async () => {
      const env = await callerWithConditions(at, project, `${at.mark.prefix}c-`);
      await project.configure({ prefix: 'c-', schedule: 'disabled', env: await environmentOf(at) });
      await deployAndLook(project, env);
      await project.must(['destroy', 'first', '--yes'], { env });
    });

    async function deployAndLook(one: Workspace, env: NodeJS.ProcessEnv = {}) {
      const ended = await one.must(['deploy', 'first', '--yes'], { env });
      at.keep(`deploy in ${ended.seconds.toFixed(1)} s said`, ended.err.trim().split('\n'));
      const again = await one.run(['plan', 'first', '--exit-code'], { env });
      expectThat(again.code === 0, `The plan after it is not empty: ${again.out.slice(0, 800)}`);
    }
  },
};
