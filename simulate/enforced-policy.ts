import { basename, dirname, join } from 'node:path';
import type { Json } from '../asl/json/value.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { type Guard, openGuard, policyBeside } from '../engines/iam/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readJson } from '../project/files.ts';
import { SERVICES_IAM } from '../tasks/services.ts';
import { cleanedUp } from './cleanup-input.ts';

/** This machine as an account: what executions say of themselves, asl/interpret/identity.ts. */
const HERE = { partition: 'aws', region: 'us-east-1', account: '123456789012' };

/** The policy of the role of a compiled machine, by the machine's file. */
const BESIDE: { readonly [file: string]: string } = {
  'step_function.json': 'policy.json',
  'cleanup.json': 'cleanup_policy.json',
};

/** What a simulation holds its calls against. */
export interface Enforced {
  /** The file with the definition. */
  readonly file: string;
  /** The policy that was named; else it is the one beside a compiled machine. */
  readonly policy?: string;
  readonly manifest?: Manifest;
  readonly input?: Json;
}

/** @throws Stop with SIM020 where there is no policy, SIM021 where it is none, CLI006 where what decides is not installed */
export async function guardOf({ file, policy, manifest, input }: Enforced): Promise<Guard> {
  const beside = BESIDE[basename(file)];
  const named = policy ?? (manifest && beside && join(dirname(file), beside));
  if (named === undefined)
    throw new Stop(
      diagnose('SIM020', { file, wanted: 'it is no machine of a compiled DAG, which has one beside it' }),
      1,
    );
  const machine = basename(file) === 'cleanup.json' ? cleanedUp(input) : undefined;
  return openGuard({
    what: '`dagwright simulate --enforce-policy`',
    place: HERE,
    services: SERVICES_IAM,
    machine: {
      name: manifest?.dag ?? 'StateMachine',
      file: named,
      policy: await (policy === undefined ? policyBeside(file, named) : readJson(named)),
    },
    ...(manifest && { declared: { file: join(dirname(file), 'manifest.json'), env: manifest.env } }),
    values: { ...(machine !== undefined && { machine }) },
  });
}
