import { DEPLOYER_KEY, deployer } from './deployer.ts';
import { type Ministack, startMinistack } from './ministack.ts';
import { type StrictAws, type StrictOptions, startStrictAws } from './strict/strict-aws.ts';

/** An account on an AWS that is as strict as AWS: the emulator behind the proxy, and whose address clients are given. */
export interface TestAccount extends Ministack {
  readonly aws: StrictAws;
}

/** Starts an empty account, in which the key DEPLOYER_KEY is somebody's who may deploy and no more. */
export async function startAccount(options: Partial<Omit<StrictOptions, 'endpoint'>> = {}): Promise<TestAccount> {
  const emulator = await startMinistack();
  const aws = await startStrictAws({ endpoint: emulator.url, callers: { [DEPLOYER_KEY]: deployer() }, ...options });
  return {
    url: aws.url,
    aws,
    reset: async () => {
      aws.forget();
      await emulator.reset();
    },
    stop: async () => {
      await aws.stop();
      await emulator.stop();
    },
  };
}
