import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Ministack, startMinistack, useEndpoint } from '../aws/ministack.ts';
import { makeBucket } from './support.ts';

/** An endpoint for the tests of a file, which their clients find in the environment: before each it is empty but for the bucket. */
export function emptyEndpoint(): Pick<Ministack, 'url' | 'reset'> {
  let server: Ministack;
  beforeAll(async () => {
    server = await startMinistack();
    useEndpoint(server.url);
  }, 600_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.reset();
    await makeBucket();
  });
  return {
    get url() {
      return server.url;
    },
    reset: () => server.reset(),
  };
}
