import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { DEPLOYER_KEY, deployer } from '../aws/deployer.ts';
import { type Ministack, startMinistack, useEndpoint } from '../aws/ministack.ts';
import { type StrictAws, type StrictOptions, startStrictAws } from '../aws/strict/strict-aws.ts';
import { BUCKET, makeBucket } from './support.ts';

/** An account on a strict AWS, empty but for the bucket. */
export interface EmptyEndpoint extends Pick<Ministack, 'url' | 'reset'> {
  /** What stands before the emulator. */
  readonly aws: StrictAws;
}

/**
 * An endpoint for the tests of a file, which their clients find in the environment: before each it is empty but for the bucket. Whoever calls
 * without saying more is somebody who may deploy and no more; tests look at what there is with the credentials of ROOT.
 */
export function emptyEndpoint({
  region,
  ...options
}: Partial<Omit<StrictOptions, 'endpoint'>> & { readonly region?: string } = {}): EmptyEndpoint {
  let server: Ministack;
  let aws: StrictAws;
  beforeAll(async () => {
    server = await startMinistack();
    aws = await startStrictAws({ endpoint: server.url, callers: { [DEPLOYER_KEY]: deployer() }, ...options });
    useEndpoint(aws.url);
  }, 600_000);
  afterAll(async () => {
    await aws.stop();
    await server.stop();
  });
  const reset = async () => {
    aws.forget();
    await server.reset();
  };
  beforeEach(async () => {
    await reset();
    await makeBucket(BUCKET, region);
  });
  return {
    get url() {
      return aws.url;
    },
    get aws() {
      return aws;
    },
    reset,
  };
}
