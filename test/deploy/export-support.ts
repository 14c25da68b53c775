import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { logicalId } from '../../deploy/export/sam/template.ts';
import { BUCKET, REGION } from './support.ts';

/** What a program said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

export function run(program: string, args: readonly string[], cwd: string, input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    // Jest's process.env is its own.
    const child = execFile(
      program,
      [...args],
      { cwd, env: { ...process.env }, maxBuffer: 64 << 20 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

/** A program on PATH; no registry has it, so that tests which need it are skipped without it. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** The files below a folder, by path. */
export async function filesIn(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(file.slice(folder.length + 1), await readFile(file, 'utf8'));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * As `sam deploy` does it: definitions go to S3, the template names them there. ministack has no resources for versions and aliases of
 * machines.
 * @param given the parameters, by the names of the inputs
 */
export async function createStack(
  StackName: string,
  files: ReadonlyMap<string, string>,
  given: Readonly<Record<string, string>>,
) {
  const s3 = new S3({ region: REGION, forcePathStyle: true });
  const cloudformation = new CloudFormation({ region: REGION });
  let template = files.get('template.yaml')!.replace(/^ +AutoPublishAlias: live\n/m, '');
  for (const [path, text] of files) {
    if (!path.startsWith('machines/')) continue;
    await s3.putObject({ Bucket: BUCKET, Key: path, Body: text });
    template = template.replace(`DefinitionUri: ${path}`, `DefinitionUri: s3://${BUCKET}/${path}`);
  }
  await cloudformation.createStack({
    StackName,
    TemplateBody: template,
    Capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    Parameters: Object.entries(given).map(([name, ParameterValue]) => ({
      ParameterKey: logicalId(name),
      ParameterValue,
    })),
  });
  for (;;) {
    const { Stacks = [] } = await cloudformation.describeStacks({ StackName });
    if (!/IN_PROGRESS$/.test(Stacks[0]!.StackStatus!)) {
      const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName });
      const failed = StackEvents.filter(({ ResourceStatus }) => /FAILED/.test(ResourceStatus ?? ''));
      if (failed.length > 0) throw new Error(failed.map(({ ResourceStatusReason }) => ResourceStatusReason).join('\n'));
      s3.destroy();
      cloudformation.destroy();
      return Stacks[0]!;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
