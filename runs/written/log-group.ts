import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { LINES, type Written } from './call.ts';

/** The end of a stream of CloudWatch Logs; undefined where there is none. */
export async function readStream(
  clients: Clients,
  title: string,
  logGroupName: string,
  logStreamName: string,
): Promise<Written | undefined> {
  try {
    const page = await (await clients.logs()).getLogEvents({ logGroupName, logStreamName, limit: LINES });
    const lines = (page.events ?? []).flatMap(({ message = '' }) => message.replace(/\n$/, '').split('\n'));
    return lines.length === 0 ? undefined : { title: `${title} (${logGroupName} ${logStreamName})`, lines };
  } catch (error) {
    if (isError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}
