import { walkStates } from '../asl/language/states.ts';
import type { StateMachine, States } from '../asl/language/types.ts';
import { readResource } from '../asl/services/index.ts';
import type { Clients } from '../aws/clients.ts';
import { awsDiagnostic } from '../aws/errors.ts';
import type { Place } from '../aws/names.ts';
import { Stop } from '../diagnostics/index.ts';
import { keptCall, keptKinds, MACHINE_TAG } from '../tasks/services.ts';

/** Something that a DAG's machine makes for all its runs, and that stays when the DAG is removed. */
export interface Leftover {
  /** `crawler` */
  readonly title: string;
  readonly name: string;
  /** Why it stays in any case; undefined for what `--leftovers` removes. */
  readonly stays?: string;
}

/** What a machine makes, by its definition, where it says its name. Sorted. */
export function leftoversIn(definition: unknown): Leftover[] {
  const found = new Map<string, Leftover>();
  if (typeof (definition as StateMachine | undefined)?.States !== 'object') return [];
  for (const { state } of walkStates(definition as States)) {
    if (state.Type !== 'Task' || typeof state.Resource !== 'string') continue;
    const resource = readResource(state.Resource);
    const call = resource.kind === 'integration' ? keptCall(resource.service, resource.action) : undefined;
    if (call === undefined) continue;
    const name = call.name.reduce<unknown>(
      (value, field) => (value as { readonly [key: string]: unknown } | undefined)?.[field],
      state.Arguments,
    );
    // What an expression says is known when it runs.
    if (typeof name !== 'string' || name.startsWith('{%')) continue;
    found.set(`${call.title} ${name}`, { title: call.title, name, ...(call.isData && { stays: 'it is data' }) });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/**
 * What is there of what a machine made: by its definition, where the machine is still there, and by the tag, also of machines that are gone.
 * Data is not looked at.
 */
export function leftoversThere(
  clients: Clients,
  about: { readonly place: Place; readonly machine: string; readonly named: readonly Leftover[] },
): Promise<Leftover[]> {
  return withItsPolicy(() => lookForLeftovers(clients, about));
}

async function lookForLeftovers(
  clients: Clients,
  { place, machine, named }: Parameters<typeof leftoversThere>[1],
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const kind of await keptKinds()) {
    const byName = named.filter(({ title }) => title === kind.title).map(({ name }) => name);
    for (const name of [...new Set([...byName, ...(await kind.names(clients, machine))])].sort()) {
      const seen = await kind.look(clients, { place, machine, name });
      const isOurs = seen?.tags[MACHINE_TAG] === machine;
      if (seen === undefined || (!isOurs && !byName.includes(name))) continue;
      const stays = isOurs ? seen.inUse : `it has no tag ${MACHINE_TAG} of ${machine}`;
      found.push({ title: kind.title, name, ...(stays !== undefined && { stays }) });
    }
  }
  return [...found, ...named.filter(({ stays }) => stays !== undefined)];
}

/** Removes those that nothing holds. */
export function removeLeftovers(
  clients: Clients,
  leftovers: readonly Leftover[],
  onProgress: (text: string) => void,
): Promise<void> {
  return withItsPolicy(async () => {
    for (const kind of await keptKinds())
      for (const { title, name, stays } of leftovers) {
        if (title !== kind.title || stays !== undefined) continue;
        onProgress(`delete the ${title} ${name}`);
        await kind.remove(clients, name);
      }
  });
}

/** Whoever may deploy may not therefore touch what runs made: of a refusal it is said what prints all that it takes, at once. */
async function withItsPolicy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = awsDiagnostic(error);
    if (said?.code !== 'AWS004') throw error;
    const remedy = `${said.remedy} \`dagwright doctor --policy --leftovers\` prints all that \`destroy --leftovers\` needs.`;
    throw new Stop({ ...said, remedy }, 3);
  }
}
