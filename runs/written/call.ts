import type { JsonObject } from '../../asl/json/value.ts';
import { detailsOf } from '../../asl/trace/event-details.ts';
import type { Visit } from '../../asl/trace/visit.ts';

/** A call that a task made of a service, read off the history. */
export interface Call {
  /** `elasticmapreduce:addStep`, `aws-sdk:glue:startCrawler` …, without `.sync`. */
  readonly action: string;
  readonly parameters: JsonObject;
  /** What the service said, one text after the other: outputs, causes. */
  readonly said: string;
  readonly failed: boolean;
}

/** What a service wrote of a call: lines, or how to get at them where that is not ours to do. */
export interface Written {
  readonly title: string;
  readonly lines: readonly string[];
  readonly hint?: string;
}

/** The calls of a stay in a state, one for each attempt. */
export function callsOf(visit: Visit): Call[] {
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

/** So many lines of a log are shown; the last ones say why. */
export const LINES = 40;

export function lastLines(text: string, most = LINES): string[] {
  const lines = text.replace(/\s+$/, '').split('\n');
  return lines.length <= most ? lines : [`… ${lines.length - most} lines before`, ...lines.slice(-most)];
}
