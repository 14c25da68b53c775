import type { JsonObject } from '../../json.ts';
import { readResource, type SdkArgument, sdkService } from '../../services/index.ts';
import { closest } from '../closest.ts';
import { isObject, type StateNode, token } from '../machine.ts';
import type { Report } from '../report.ts';
import type { Rule } from './rule.ts';

/** AWS checks the names at the top of an SDK integration's arguments when the machine is made. */
export const sdkArguments: Rule = {
  purpose: 'An AWS SDK integration has arguments, by names that its API has.',
  check({ states }, report) {
    for (const state of states) {
      if (state.type !== 'Task' || typeof state.json.Resource !== 'string') continue;
      const read = readResource(state.json.Resource);
      if (read.kind !== 'integration' || !read.sdk) continue;
      const known = sdkService(read.service)?.get(read.action);
      if (known !== undefined) checkState(state, read.service, read.action, known, report);
    }
  },
};

function checkState(
  { json, path, language }: StateNode,
  service: string,
  action: string,
  known: ReadonlyMap<string, SdkArgument>,
  report: Report,
): void {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = json[field];
  if (given === undefined) report('ASL079', { field }, path);
  // An expression in place of the whole is known only when it runs.
  else if (isObject(given))
    checkArguments(given, `${path}/${field}`, { service, action }, known, language === 'JSONPath', report);
}

function checkArguments(
  given: JsonObject,
  path: string,
  call: { readonly service: string; readonly action: string },
  known: ReadonlyMap<string, SdkArgument>,
  paths: boolean,
  report: Report,
): void {
  const names = new Set<string>();
  const apiNames = new Map(
    [...known.values()].flatMap((one) => (one.api === undefined ? [] : [[one.api, one.name] as const])),
  );
  for (const key of Object.keys(given)) {
    const name = paths && key.endsWith('.$') ? key.slice(0, -2) : key;
    const at = `${path}/${token(key)}`;
    names.add(apiNames.get(name) ?? name);
    if (known.has(name)) continue;
    // The API's own spelling of an acronym: Step Functions has it as a word.
    if (apiNames.has(name)) report('ASL077', { ...call, name, suggestion: apiNames.get(name) }, at, { onKey: true });
    else report('ASL076', { ...call, name, suggestion: suggestion(name, known) }, at, { onKey: true });
  }
  for (const { name, required } of known.values())
    if (required && !names.has(name)) report('ASL078', { ...call, name }, path);
}

function suggestion(name: string, known: ReadonlyMap<string, SdkArgument>): string | undefined {
  const small = name.toLowerCase();
  return [...known.keys()].find((one) => one.toLowerCase() === small) ?? closest(name, known.keys());
}
