import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { ACCOUNT } from '../aws/deployer.ts';
import { startMinistack, useEndpoint } from '../aws/ministack.ts';
import type { Principal } from '../aws/strict/principals.ts';
import { type StrictAws, startStrictAws } from '../aws/strict/strict-aws.ts';
import { REGION } from '../deploy/support.ts';
import { startServer } from '../endpoint/support.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';
import { startLakeMirror } from './lake-mirror.ts';

/** An account whose machines run: the strict AWS before an emulator, whose S3 and EMR are those of a `serve` that runs the machines. */
export interface AccountWithMachines {
  readonly aws: StrictAws;
  /** The `serve`, without the strict AWS before it. */
  readonly states: SFNClient;
  /** Forgets everything but what machines and their engines know. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startAccountWithMachines(
  callers: { readonly [accessKey: string]: Principal },
  { partition = 'aws', region = REGION }: { readonly partition?: string; readonly region?: string } = {},
): Promise<AccountWithMachines> {
  const ministack = await startMinistack();
  const project = await folderWith();
  await mkdir(join(project, '.dagwright'));
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  const states = await startServer({ project, account: ACCOUNT, region });
  const mirror = await startLakeMirror(ministack.url, project, states.sfn);
  const aws = await startStrictAws({ endpoint: mirror.url, states: states.endpoint.url, callers, partition });
  useEndpoint(aws.url);
  return {
    aws,
    states: states.sfn,
    reset: async () => {
      aws.forget();
      await ministack.reset();
    },
    stop: async () => {
      for (const one of [aws, states, mirror, ministack]) await one.stop();
    },
  };
}
