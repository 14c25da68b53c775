import { createInterface } from 'node:readline/promises';
import { createClients } from '../aws/clients.ts';
import { type Colours, coloursFor } from '../diagnostics/colours.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { readEnvironment } from '../project/environment.ts';
import { chooseDags } from './built.ts';
import { deploy, plan } from './deploy.ts';
import { destroy } from './destroy.ts';
import type { FieldChange } from './diff/differences.ts';
import type { MachineDiff } from './diff/machine.ts';
import type { Grant, PolicyDiff } from './diff/policy.ts';
import type { Leftover } from './leftovers.ts';
import { type Change, isEmpty, type Plan } from './plan.ts';
import { rollback } from './rollback.ts';
import type { Runs } from './under-way.ts';

export interface TerminalOptions {
  readonly project: string;
  readonly dist: string;
  /** None: all that are compiled. */
  readonly dags: readonly string[];
  readonly env?: string;
  readonly json: boolean;
  readonly skipChecks?: boolean;
  /** Is told of what may be in the way. */
  readonly onWarning?: (warning: Diagnostic) => void;
}

/** What `plan --exit-code` answers where there are changes. */
const CHANGES = 4;

export async function planForTerminal(options: TerminalOptions & { readonly exitCode: boolean }): Promise<number> {
  const { project, dist, json, exitCode, ...checks } = options;
  const environment = await readEnvironment(project, options.env);
  const plans: Plan[] = [];
  const clients = createClients({ region: environment.region });
  for (const dag of await chooseDags(dist, options.dags)) {
    const made = await plan({ ...checksOf(checks), project, dist, dag, environment, clients });
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
  const { project, dist, json, yes, adopt, ...checks } = options;
  const environment = await readEnvironment(project, options.env);
  const clients = createClients({ region: environment.region });
  const done: object[] = [];
  for (const dag of await chooseDags(dist, options.dags)) {
    const confirm = async (made: Plan) => {
      (json ? process.stderr : process.stdout).write(planText(made));
      return yes || (await confirmed(`Deploy ${dag} to ${environment.name}?`));
    };
    const onProgress = (text: string) => say(`  ${text}`);
    const about = { ...checksOf(checks), project, dist, dag, environment, adopt, clients, onProgress };
    const deployed = await deploy(about, confirm);
    done.push({ dag, ...deployed });
    if (isEmpty(deployed.plan)) say(`${dag}: nothing to do`);
    else if (deployed.version === undefined) say(`${dag}: nothing was changed`);
    else say(`${dag}: ${deployed.version} is live`);
  }
  clients.destroy();
  if (json) process.stdout.write(`${JSON.stringify(done, undefined, 2)}\n`);
  return 0;
}

export async function rollbackForTerminal(
  options: TerminalOptions & { readonly yes: boolean; readonly to?: number },
): Promise<number> {
  const { project, dist, json, yes, to } = options;
  const environment = await readEnvironment(project, options.env);
  const known = options.dags.length > 0 ? options.dags : await chooseDags(dist, []);
  if (known.length !== 1) throw new Stop(diagnose('DEP015', { known }), 2);
  const [dag] = known as [string];
  const clients = createClients({ region: environment.region });
  const done = await rollback({ dag, environment, clients, ...(to !== undefined && { to }) }, async (about) => {
    say(`${dag} in ${environment.name}: ${about.from} → ${about.to}`);
    return yes || (await confirmed('Roll back?'));
  });
  clients.destroy();
  if (json) process.stdout.write(`${JSON.stringify({ dag, ...done }, undefined, 2)}\n`);
  say(done === undefined ? `${dag}: nothing was changed` : `${dag}: ${done.to} is live`);
  return 0;
}

export async function destroyForTerminal(
  options: TerminalOptions & { readonly yes: boolean; readonly runs?: Runs; readonly leftovers?: boolean },
): Promise<number> {
  const { project, dist, json, yes, runs, leftovers = false } = options;
  const environment = await readEnvironment(project, options.env);
  // A DAG that is not compiled any more may still be deployed.
  const dags = options.dags.length > 0 ? options.dags : await chooseDags(dist, []);
  const clients = createClients({ region: environment.region });
  const done: object[] = [];
  for (const dag of dags) {
    const onProgress = (text: string) => say(`  ${text}`);
    const asked = { dag, environment, clients, onProgress, leftovers, ...(runs !== undefined && { runs }) };
    const removed = await destroy(asked, async ({ resources, assets, kept, runs: underWay, leftovers: made }) => {
      say(`${dag} in ${environment.name}:`);
      for (const name of underWay)
        say(runs === 'stop' ? `  - the run ${name}, which is stopped` : `    the run ${name} is waited for`);
      for (const { title, name } of resources) say(`  - ${title} ${name}`);
      if (assets > 0) say(`  - ${assets} assets`);
      for (const { title, name } of kept) say(`    ${title} ${name} stays: deploy did not make it`);
      for (const line of leftoverLines(made, leftovers)) say(`  ${line}`);
      return yes || (await confirmed(`Destroy ${dag} in ${environment.name}?`));
    });
    done.push({ dag, ...removed });
    say(removed === undefined ? `${dag}: nothing was removed` : `${dag}: removed`);
    for (const { title, name, stays } of removed?.leftovers ?? [])
      if (stays !== undefined || !leftovers) say(`  left: the ${title} ${name}`);
  }
  clients.destroy();
  if (json) process.stdout.write(`${JSON.stringify(done, undefined, 2)}\n`);
  return 0;
}

function checksOf({ skipChecks, onWarning }: Pick<TerminalOptions, 'skipChecks' | 'onWarning'>) {
  return { ...(skipChecks && { skipChecks }), ...(onWarning && { onWarning }) };
}

/** What becomes of what the machine made for all its runs. */
function leftoverLines(made: readonly Leftover[], removed: boolean): string[] {
  return made.map(({ title, name, stays }) => {
    if (stays !== undefined) return `  the ${title} ${name} stays: ${stays}`;
    return removed ? `- the ${title} ${name}` : `  the ${title} ${name} stays; --leftovers removes it`;
  });
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** @throws Stop if standard input is not a terminal */
export async function confirmed(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) throw new Stop(diagnose('DEP012', { question }), 2);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

/** A plan as a person reads it: what is made, changed and removed, and what of it somebody changed by hand. */
export function planText(plan: Plan, colours: Colours = coloursFor(process.stdout)): string {
  const { dag, environment, account, region, assets, changes, interrupted, notes } = plan;
  const head = colours.bold(`${dag} → ${environment} (${account}, ${region})`);
  const lines = [
    ...assets.map(({ path, key, size }) => `${colours.green('+')} asset ${path} → ${key} (${size} bytes)`),
    ...changes.flatMap((change) => changeLines(change, colours)),
    ...(interrupted ? [`${colours.yellow('~')} the last deploy was interrupted: its record is completed`] : []),
    ...(isEmpty(plan) ? ['nothing to do'] : []),
    ...notes.map((note) => colours.dim(note)),
  ];
  return `${head}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

const SIGNS = { create: '+', update: '~', adopt: '!', delete: '-' } as const;

function changeLines({ action, title, name, drift, fields, machine, policy }: Change, colours: Colours): string[] {
  const paint = { create: colours.green, update: colours.yellow, adopt: colours.yellow, delete: colours.red }[action];
  const byHand = drift.length > 0 ? colours.red(` (changed by hand since the last deploy: ${drift.join(', ')})`) : '';
  return [
    `${paint(SIGNS[action])} ${title} ${name}${action === 'adopt' ? ' is taken over' : ''}${byHand}`,
    ...[
      ...fields.map((field) => fieldLine(field)),
      ...(machine === undefined ? [] : machineLines(machine)),
      ...(policy === undefined ? [] : policyLines(policy, colours)),
    ].map((line) => `    ${line}`),
  ];
}

function machineLines({ added, removed, renamed, changed, fields }: MachineDiff): string[] {
  return [
    ...fields.map(fieldLine),
    ...(added.length > 12
      ? [`+ ${added.length} states: ${added.slice(0, 12).join(', ')} …`]
      : added.map((state) => `+ state ${state}`)),
    ...removed.map((state) => `- state ${state}`),
    ...renamed.flatMap((one) => [`~ state ${one.from} is renamed to ${one.to}`, ...one.fields.map(indentedField)]),
    ...changed.flatMap((one) => [`~ state ${one.state}`, ...one.fields.map(indentedField)]),
  ];
}

function policyLines({ gained, lost }: PolicyDiff, colours: Colours): string[] {
  return [
    ...gained.map((grant) => `${colours.green('+')} ${grantText(grant)}`),
    ...lost.map((grant) => `${colours.red('-')} ${grantText(grant)}`),
  ];
}

function grantText({ effect, actions, resources, condition }: Grant): string {
  const when = condition === undefined ? '' : ` when ${short(condition)}`;
  return `${effect === 'Allow' ? 'allows' : 'denies'} ${actions.join(', ')} on ${some(resources)}${when}`;
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

function indentedField(field: FieldChange): string {
  return `  ${fieldLine(field)}`;
}

function fieldLine({ field, from, to }: FieldChange): string {
  if (from === undefined) return `${field}: + ${short(to)}`;
  if (to === undefined) return `${field}: - ${short(from)}`;
  return `${field}: ${short(from)} → ${short(to)}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`;
}
