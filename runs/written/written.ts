import type { Visit } from '../../asl/trace/visit.ts';
import type { Clients } from '../../aws/clients.ts';
import { awsDiagnostic } from '../../aws/errors.ts';
import type { ManifestTask } from '../../manifest/manifest.ts';
import { ofQuery } from './athena.ts';
import { type Call, callsOf, type Written } from './call.ts';
import { ofStep } from './emr.ts';
import { ofCrawler, ofJob } from './glue.ts';

export type { Written } from './call.ts';

const READERS: Readonly<Record<string, (call: Call, all: readonly Call[], clients: Clients) => Promise<Written[]>>> = {
  'elasticmapreduce:addStep': ofStep,
  'athena:startQueryExecution': (call, _, clients) => ofQuery(call, clients),
  'glue:startJobRun': (call, _, clients) => ofJob(call, clients),
  'aws-sdk:glue:startCrawler': (call, _, clients) => ofCrawler(call, clients),
  'lambda:invoke': async ({ parameters }) => [
    {
      title: `Lambda function ${parameters.FunctionName}`,
      lines: [],
      hint: `aws logs tail /aws/lambda/${String(parameters.FunctionName).replace(/^.*:function:/, '')} --since 1d`,
    },
  ],
};

/** What the services wrote of a task: of its failed calls, or of all where none failed. A service that cannot be asked stops nobody. */
export async function writtenOf(task: ManifestTask, visits: readonly Visit[], clients: Clients): Promise<Written[]> {
  const all = visits.flatMap(callsOf);
  const own = visits.filter(({ state }) => task.states.includes(state)).flatMap(callsOf);
  const known = own.filter(({ action }) => READERS[action] !== undefined);
  const failed = known.filter((call) => call.failed);
  const written: Written[] = [];
  for (const call of failed.length > 0 ? failed : known) {
    try {
      written.push(...(await READERS[call.action]!(call, all, clients)));
    } catch (error) {
      const said = awsDiagnostic(error);
      if (said === undefined) throw error;
      written.push({ title: call.action, lines: [], hint: said.message });
    }
  }
  return written;
}
