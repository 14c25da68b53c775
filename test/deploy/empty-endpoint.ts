import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { startAccount, type TestAccount } from '../aws/account.ts';
import { useEndpoint } from '../aws/ministack.ts';
import type { StrictOptions } from '../aws/strict/strict-aws.ts';
import { BUCKET, makeBucket } from './support.ts';

/**
 * An account for the tests of a file, which their clients find in the environment: before each it is empty but for the bucket. Whoever calls
 * without saying more is somebody who may deploy and no more; tests look at what there is with the credentials of ROOT.
 */
export function emptyEndpoint({
  region,
  ...options
}: Partial<Omit<StrictOptions, 'endpoint'>> & { readonly region?: string } = {}): Omit<TestAccount, 'stop'> {
  let account: TestAccount;
  beforeAll(async () => {
    account = await startAccount(options);
    useEndpoint(account.url);
  }, 600_000);
  afterAll(() => account.stop());
  beforeEach(async () => {
    await account.reset();
    await makeBucket(BUCKET, region);
  });
  return {
    get url() {
      return account.url;
    },
    get aws() {
      return account.aws;
    },
    reset: () => account.reset(),
  };
}
