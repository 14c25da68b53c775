import { createInterface } from 'node:readline/promises';
import { createClients } from '../aws/clients.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { readEnvironment } from '../project/environment.ts';
import { chooseDags } from './built.ts';
import { deploy, plan } from './deploy.ts';
import { isEmpty, type Plan } from './plan.ts';
import { planText } from './plan-text.ts';

export interface TerminalOptions {
  readonly project: string;
  readonly dist: string;
  /** None: all that are compiled. */
  readonly dags: readonly string[];
  readonly env?: string;
  readonly json: boolean;
}

/** What `plan --exit-code` answers where there are changes. */
const CHANGES = 4;

export async function planForTerminal(options: TerminalOptions & { readonly exitCode: boolean }): Promise<number> {
  const { project, dist, json, exitCode } = options;
  const environment = await readEnvironment(project, options.env);
  const plans: Plan[] = [];
  const clients = createClients({ region: environment.region });
  for (const dag of await chooseDags(dist, options.dags)) {
    const made = await plan({ project, dist, dag, environment, clients });
    plans.push(made);
    if (!json) process.stdout.write(planText(made));
  }
  clients.destroy();
  if (json) process.stdout.write(`${JSON.stringify(plans, undefined, 2)}\n`);
  return exitCode && plans.some((one) => !isEmpty(one)) ? CHANGES : 0;
}

export async function deployForTerminal(
  options: TerminalOptions & { readonly yes: boolean; readonly adopt: boolean },
): Promise<number> {
  const { project, dist, json, yes, adopt } = options;
  const environment = await readEnvironment(project, options.env);
  const clients = createClients({ region: environment.region });
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const done: object[] = [];
  for (const dag of await chooseDags(dist, options.dags)) {
    const confirm = async (made: Plan) => {
      (json ? process.stderr : process.stdout).write(planText(made));
      return yes || (await confirmed(`Deploy ${dag} to ${environment.name}?`));
    };
    const onProgress = (text: string) => say(`  ${text}`);
    const deployed = await deploy({ project, dist, dag, environment, adopt, clients, onProgress }, confirm);
    done.push({ dag, ...deployed });
    if (isEmpty(deployed.plan)) say(`${dag}: nothing to do`);
    else if (deployed.version === undefined) say(`${dag}: nothing was changed`);
    else say(`${dag}: ${deployed.version} is live`);
  }
  clients.destroy();
  if (json) process.stdout.write(`${JSON.stringify(done, undefined, 2)}\n`);
  return 0;
}

/** @throws Stop where there is nobody to ask */
export async function confirmed(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) throw new Stop(diagnose('DEP012', { question }), 2);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
