import { Agent, request } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startProxy } from './proxy.ts';
import { Endpoint } from './strict/endpoint.ts';
import { PartitionSwap } from './strict/partition.ts';
import { startStrictAws } from './strict/strict-aws.ts';

/**
 * A server that closes a connection at the moment at which it is used again, as any server does that has kept one for long enough: the
 * request that meets it is answered by nobody. What then fails must be no call of a test.
 */
let server: Server;
let url: string;
const sockets = new Set<Socket>();
beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: keep-alive\r\n\r\nfine');
      socket.once('data', () => socket.resetAndDestroy());
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const TIMES = [1, 2, 3, 4];

test('the strict AWS makes a call anew that met a connection of the emulator’s that was being closed', async () => {
  const endpoint = new Endpoint(url, new PartitionSwap('aws'));
  const call = { method: 'POST', url: '/', headers: {}, body: Buffer.from('{}') };
  try {
    for (const _ of TIMES) expect(await endpoint.send(call)).toMatchObject({ status: 200, body: Buffer.from('fine') });
  } finally {
    endpoint.close();
  }
});

test('the failing proxy breaks no connection but those that the test asks for', async () => {
  const proxy = await startProxy(url);
  try {
    for (const _ of TIMES) expect(await (await fetch(proxy.url, { method: 'POST', body: '{}' })).text()).toBe('fine');
  } finally {
    await proxy.stop();
  }
});

test('neither closes a connection of a client that is silent for a while', async () => {
  const [proxy, aws] = [await startProxy(url), await startStrictAws({ endpoint: url, callers: {} })];
  const agent = new Agent({ keepAlive: true });
  const headersOf = (target: string) =>
    new Promise((resolve, reject) => {
      request(target, { agent }, (answer) => {
        answer.resume().once('end', () => resolve(answer.headers));
      })
        .once('error', reject)
        .end();
    });
  try {
    // Node says how long it keeps a connection, where it does not keep it for good.
    for (const one of [proxy, aws]) expect(await headersOf(one.url)).not.toHaveProperty('keep-alive');
  } finally {
    agent.destroy();
    await aws.stop();
    await proxy.stop();
  }
});
