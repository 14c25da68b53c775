import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateStateMachineAliasCommand, CreateStateMachineCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { Json } from '../../../asl/json/value.ts';
import { fillPlaceholders } from '../../../asl/placeholders/index.ts';
import type { Dag } from '../../../authoring/index.ts';
import { compileDag } from '../../../compiler/index.ts';
import { type Operation, operate } from '../../../runs/operation.ts';
import type { Hold } from '../../../runs/resume/start.ts';
import { ROLE, startServer } from '../../endpoint/support.ts';
import { CONFIG, clientEnv } from '../support.ts';

/** A project over the local endpoint, whose bucket `my-lake` is a folder: tasks read and write files. */
export interface Deployed {
  readonly folder: string;
  readonly dist: string;
  readonly sfn: SFNClient;
  /** Compiles a DAG into dist/. */
  compile(dag: Dag): Promise<Json>;
  /** The same, and makes its machine as deploy does, or publishes it anew and moves the alias. */
  deploy(dag: Dag): Promise<string>;
  /** Writes a file of the bucket. */
  put(key: string, text?: string): Promise<void>;
  readonly url: string;
  operating<T>(dag: string, work: (operation: Operation) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const VALUES = { lake: 'my-lake', assets: 's3://my-artifacts/dagwright/x/assets', region: 'us-east-1' };

/** Tests are alone. */
export const alone: Hold = async () => ({ assertHeld: async () => {}, release: async () => {} });

export async function deployedProject(): Promise<Deployed> {
  const server = await startServer();
  const { sfn, folder } = server;
  const dist = join(folder, 'dist');
  await writeFile(join(folder, 'dagwright.yaml'), `${CONFIG}    env: { lake: my-lake }\n`);
  const before = { ...process.env };
  Object.assign(process.env, clientEnv(server.endpoint.url));
  const compile = async (dag: Dag): Promise<Json> => {
    const { files } = compileDag(dag);
    await mkdir(join(dist, dag.id), { recursive: true });
    for (const [name, text] of files) await writeFile(join(dist, dag.id, name), text);
    return fillPlaceholders(JSON.parse(files.get('step_function.json')!) as Json, VALUES);
  };
  return {
    folder,
    dist,
    sfn,
    url: server.endpoint.url,
    compile,
    deploy: async (dag) => {
      const definition = JSON.stringify(await compile(dag));
      const made = await sfn.send(
        new CreateStateMachineCommand({ name: dag.id, definition, roleArn: ROLE, publish: true }),
      );
      const routingConfiguration = [{ stateMachineVersionArn: made.stateMachineVersionArn!, weight: 100 }];
      await sfn.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
      return made.stateMachineArn!;
    },
    put: async (key, text = key) => {
      const file = join(folder, '.dagwright/local/s3/my-lake', key);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, text);
    },
    operating: (dag, work) => operate({ project: folder, dist, dag }, work),
    close: async () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await server.stop();
    },
  };
}
