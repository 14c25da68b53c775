import type { JsonObject } from '../asl/json/value.ts';
import { detailsOf } from '../asl/trace/event-details.ts';
import type { Visit } from '../asl/trace/visit.ts';
import type { Clients } from '../aws/clients.ts';
import { awsDiagnostic } from '../aws/errors.ts';
import { type Diagnostic, Stop } from '../diagnostics/index.ts';
import type { ManifestTask } from '../manifest/manifest.ts';
import { type Call, logReader, type Written } from '../tasks/services.ts';

export type { Written } from '../tasks/services.ts';

/** What the services wrote of a task: of its failed calls, or of all where none failed. A service that cannot be asked stops nobody. */
export async function writtenOf(task: ManifestTask, visits: readonly Visit[], clients: Clients): Promise<Written[]> {
  const all = visits.flatMap(callsOf);
  const own = visits.filter(({ state }) => task.states.includes(state)).flatMap(callsOf);
  const readers = await Promise.all(own.map(async (call) => ({ call, read: await logReader(call.action) })));
  const known = readers.filter(({ read }) => read !== undefined);
  const failed = known.filter(({ call }) => call.failed);
  const written: Written[] = [];
  for (const { call, read } of failed.length > 0 ? failed : known) {
    try {
      written.push(...(await read!(call, clients, all)));
    } catch (error) {
      const said = refusalOf(error);
      if (said === undefined) throw error;
      written.push({ title: call.action, lines: [], hint: said });
    }
  }
  return written;
}

/** What AWS refused, or the package that is not installed. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof Stop)
    return error.diagnostics.map(({ message, remedy }: Diagnostic) => `${message} ${remedy}`).join(' ');
  return awsDiagnostic(error)?.message;
}

/** The calls of a stay in a state, one for each attempt. */
function callsOf(visit: Visit): Call[] {
  const calls: { action: string; parameters: JsonObject; said: string; failed: boolean }[] = [];
  for (const event of visit.events) {
    const details = detailsOf(event);
    if (event.type === 'TaskScheduled') {
      const action = `${details.resourceType}:${String(details.resource).replace(/\.(sync(:2)?|waitForTaskToken)$/, '')}`;
      calls.push({ action, parameters: parse(details.parameters), said: '', failed: false });
      continue;
    }
    const call = calls.at(-1);
    if (call === undefined || event.type.endsWith('StateExited')) continue;
    for (const text of [details.output, details.cause]) if (typeof text === 'string') call.said += `${text}\n`;
    call.failed ||= /(Failed|TimedOut)$/.test(event.type);
  }
  return calls;
}

function parse(text: unknown): JsonObject {
  try {
    return JSON.parse(String(text)) as JsonObject;
  } catch {
    return {};
  }
}
