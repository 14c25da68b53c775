import type { JsonObject } from '../../json.ts';
import { readResource, SDK_OF_OPTIMIZED, type SdkArgument, sdkService } from '../../services/index.ts';
import { closest } from '../closest.ts';
import { isObject, type StateNode, token } from '../machine.ts';
import type { Report } from '../report.ts';
import type { Rule } from './rule.ts';

/** What a task calls, and what is known of its arguments. */
interface Call {
  readonly service: string;
  readonly action: string;
  readonly sdk: boolean;
  readonly known: ReadonlyMap<string, SdkArgument>;
}

/** AWS checks the names at the top of an SDK integration's arguments when the machine is made. */
export const callArguments: Rule = {
  purpose: 'A call has the arguments that its API needs, and none that the API does not have.',
  check({ states }, report) {
    for (const state of states) {
      if (state.type !== 'Task' || typeof state.json.Resource !== 'string') continue;
      const read = readResource(state.json.Resource);
      if (read.kind !== 'integration') continue;
      const { service, action, sdk } = read;
      // Optimized integrations that have an API of their own are not looked at.
      const known = sdkService(sdk ? service : (SDK_OF_OPTIMIZED[service] ?? service))?.get(action);
      if (known !== undefined) checkState(state, { service, action, sdk, known }, report);
    }
  },
};

function checkState({ json, path, language }: StateNode, call: Call, report: Report): void {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = json[field];
  if (given === undefined && call.sdk) report('ASL079', { field }, path);
  // An expression in place of the whole is known only when it runs.
  else if (isObject(given)) checkArguments(given, `${path}/${field}`, call, language === 'JSONPath', report);
}

function checkArguments(given: JsonObject, path: string, call: Call, paths: boolean, report: Report): void {
  const { service, action, sdk, known } = call;
  const names = new Set<string>();
  const apiNames = new Map(
    [...known.values()].flatMap((one) => (one.api === undefined ? [] : [[one.api, one.name] as const])),
  );
  for (const key of Object.keys(given)) {
    const name = paths && key.endsWith('.$') ? key.slice(0, -2) : key;
    const at = `${path}/${token(key)}`;
    names.add(apiNames.get(name) ?? name);
    if (known.has(name) || (!sdk && apiNames.has(name))) continue;
    // The API's own spelling of an acronym: Step Functions has it as a word.
    const other = apiNames.get(name) ?? suggestion(name, known);
    const code = sdk && !apiNames.has(name) ? 'ASL076' : 'ASL077';
    report(code, { service, action, name, suggestion: other }, at, { onKey: true });
  }
  for (const { name, required, api } of known.values())
    if (required && !names.has(name)) report('ASL078', { service, action, name: sdk ? name : (api ?? name) }, path);
}

function suggestion(name: string, known: ReadonlyMap<string, SdkArgument>): string | undefined {
  const small = name.toLowerCase();
  return [...known.keys()].find((one) => one.toLowerCase() === small) ?? closest(name, known.keys());
}
