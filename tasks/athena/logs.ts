import type { Athena } from '@aws-sdk/client-athena';
import type { Clients } from '../../aws/clients.ts';
import type { Call, LogsModule, Written } from '../logs.ts';
import { athena } from './service.ts';

export const logs: LogsModule['logs'] = { 'athena:startQueryExecution': ofQuery };

interface Execution {
  readonly QueryExecutionId?: string;
  readonly Status?: { readonly State?: string; readonly StateChangeReason?: string };
  readonly ResultConfiguration?: { readonly OutputLocation?: string };
}

/** A query's state and Athena's error; the history has them, or Athena is asked. */
async function ofQuery(call: Call, clients: Clients): Promise<Written[]> {
  let query = executionIn(call.said);
  const id = query?.QueryExecutionId ?? /"QueryExecutionId":\s*"([^"]+)"/.exec(call.said)?.[1];
  if (query?.Status === undefined && id !== undefined)
    query = (await (await athenaOf(clients)).getQueryExecution({ QueryExecutionId: id })).QueryExecution as Execution;
  const title = `Athena query ${id ?? '(unknown)'}`;
  const { Status, ResultConfiguration } = query ?? {};
  const lines = [
    [Status?.State, Status?.StateChangeReason].filter(Boolean).join(': '),
    ResultConfiguration?.OutputLocation ?? '',
  ].filter((line) => line !== '');
  const hint = id === undefined ? undefined : `aws athena get-query-execution --query-execution-id ${id}`;
  return [
    {
      title,
      lines: lines.length > 0 ? lines : [call.said.trim()].filter((line) => line !== ''),
      ...(lines.length === 0 && hint && { hint }),
    },
  ];
}

function athenaOf(clients: Clients): Promise<Athena> {
  return clients.of(athena.client, async (config) => new (await import('@aws-sdk/client-athena')).Athena(config));
}

function executionIn(said: string): Execution | undefined {
  for (const line of said.split('\n').reverse()) {
    try {
      const value = JSON.parse(line) as { QueryExecution?: Execution };
      if (value.QueryExecution !== undefined) return value.QueryExecution;
    } catch {}
  }
  return undefined;
}
