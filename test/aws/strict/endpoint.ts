import { Agent, request } from 'node:http';
import type { PartitionSwap } from './partition.ts';
import type { AwsRequest } from './protocol/call.ts';
import type { Answer } from './protocol/refusal.ts';

/** A server that does calls without asking who makes them: ministack, or `dagwright serve` for Step Functions. */
export class Endpoint {
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #swap: PartitionSwap;

  constructor(url: string, swap: PartitionSwap) {
    this.#url = new URL(url);
    this.#swap = swap;
  }

  async send(sending: AwsRequest, isData = false): Promise<Answer> {
    try {
      return await this.#once(sending, isData);
    } catch (error) {
      // The server closed a connection that was kept, while it was used again: it has heard of nothing.
      // Others that are kept may be closed as well, so the second attempt makes its own.
      if ((error as { readonly wasKept?: boolean }).wasKept !== true) throw error;
      return this.#once(sending, isData, false);
    }
  }

  async #once(
    { method, url, headers, body }: AwsRequest,
    isData: boolean,
    agent: Agent | false = this.#agent,
  ): Promise<Answer> {
    const sent = isData ? body : this.#swap.bytes(body);
    const { 'content-length': _, connection: __, host: ___, ...others } = headers;
    const outgoing = request({
      agent,
      hostname: this.#url.hostname,
      port: this.#url.port,
      method,
      path: this.#swap.text(url),
      headers: { ...others, host: this.#url.host, 'content-length': String(sent.length) },
    });
    const answered = new Promise<Answer>((resolve, reject) => {
      const failed = (error: Error) => reject(Object.assign(error, { wasKept: outgoing.reusedSocket }));
      outgoing.once('error', failed).once('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject);
        answer.once('end', () => {
          const received = Buffer.concat(chunks);
          const text = isData ? received : this.#swap.bytes(received);
          const { 'transfer-encoding': _, connection: __, 'keep-alive': ___, ...kept } = answer.headers;
          const lines = Object.entries(kept).map(([name, value]) => [name, String(value)] as const);
          resolve({
            status: answer.statusCode!,
            headers: Object.fromEntries(
              text === received ? lines : lines.filter(([name]) => name !== 'content-length'),
            ),
            body: text,
          });
        });
      });
    });
    outgoing.end(sent);
    return answered;
  }

  close(): void {
    this.#agent.destroy();
  }
}
