import { type Colours, coloursFor } from '../diagnostics/colours.ts';
import type { FieldChange } from './diff/fields.ts';
import type { MachineDiff } from './diff/machine.ts';
import type { Grant, PolicyDiff } from './diff/policy.ts';
import { type Change, isEmpty, type Plan } from './plan.ts';

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
