import { type SFNClient, TestStateCommand } from '@aws-sdk/client-sfn';
import { ROLE } from '../endpoint/support.ts';

/** A call of EMR's own API, `ElasticMapReduce.DescribeCluster`. */
export const isEmr = (target: unknown): boolean => String(target).startsWith('ElasticMapReduce.');

/**
 * Answers EMR's own API with the clusters that the machines of a `serve` have made: whoever asks EMR, and the tasks of machines, see one
 * account. The call is a task of one state, which the engines of `serve` do.
 */
export async function emrAnswer(states: SFNClient, target: string, body: string) {
  const operation = target.split('.')[1]!;
  const action = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  const definition = {
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: `arn:aws:states:::aws-sdk:emr:${action}`,
    Arguments: withTimesAsTexts(JSON.parse(body || '{}')),
    End: true,
  };
  const { status, output, error, cause } = await states.send(
    new TestStateCommand({ definition: JSON.stringify(definition), roleArn: ROLE, input: '{}' }),
  );
  if (status === 'SUCCEEDED') return { status: 200, body: withTimesAsSeconds(output!) };
  return { status: 400, body: JSON.stringify({ __type: 'InvalidRequestException', message: `${error}: ${cause}` }) };
}

/** Tasks take times as texts, where EMR's wire has seconds. */
function withTimesAsTexts(args: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      /^Created(After|Before)$/.test(name) && typeof value === 'number' ? new Date(value * 1000).toISOString() : value,
    ]),
  );
}

function withTimesAsSeconds(text: string): string {
  return text.replace(/("\w+DateTime": ?)"([^"]+)"/g, (_, name, time) => `${name}${Date.parse(time) / 1000}`);
}
