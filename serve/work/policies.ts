import { join, relative } from 'node:path';
import type { TaskCall, TaskHandler } from '../../asl/interpret/options.ts';
import { isObject, type Json } from '../../asl/json/value.ts';
import { Stop } from '../../diagnostics/index.ts';
import {
  type Access,
  type Denial,
  denialDiagnostics,
  type Guard,
  KnownTags,
  openGuard,
  policyBeside,
} from '../../engines/iam/index.ts';
import { readConfig } from '../../local/config.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { readJson } from '../../project/files.ts';
import { SERVICES_IAM } from '../../tasks/services.ts';
import type { Account } from '../arn.ts';
import { dagOf, manifestsIn } from '../machines/dags.ts';

export interface PoliciesOptions {
  readonly account: Account;
  /** With `dagwright.yaml`, whose `local.env` fills placeholders, and `dist/`. */
  readonly project: string;
  /** The policy of machines that no DAG of dist/ is. */
  readonly policy?: string;
  readonly onStatus: (text: string) => void;
}

/** The policy of a machine's role, and what it says of roles that are handed on. */
interface Found {
  readonly file: string;
  readonly policy: Json;
  readonly manifest?: Manifest;
  /** The machine whose executions the policy is about: of a cleanup machine another one. */
  readonly machine: string;
  /** Where the scripts of the DAG stand, as far as its definition names them. */
  readonly assets?: Assets;
}

interface Assets {
  readonly assetsBucket: string;
  /** With the bucket. */
  readonly assetsPath: string;
}

/**
 * Holds what executions call against the policies of their machines' roles. A machine is known by its name: a DAG's id, with a prefix or
 * without, and `-cleanup` behind it where it is a DAG's cleanup machine; any other has the policy that was named, or none, and may then
 * call nothing. Policies are read when an execution begins.
 */
export class Policies {
  readonly #options: PoliciesOptions;
  readonly #guards = new Map<string, Guard>();
  /** Of what executions made: a cleanup machine ends what another one's did. */
  readonly #tags = new KnownTags();

  /** @throws Stop where what decides is not installed, or the policy that was named is none */
  static async open(options: PoliciesOptions): Promise<Policies> {
    const policies = new Policies(options);
    await policies.#guard('any', await policies.#named('any'));
    return policies;
  }

  private constructor(options: PoliciesOptions) {
    this.#options = options;
  }

  /** What an execution of a machine calls, held against its policy. */
  async guarding(machine: string, definition: string, tasks: TaskHandler): Promise<TaskHandler> {
    const guard = await this.#guardOf(machine, definition);
    this.#guards.set(machine, guard);
    return guard.guarding(tasks);
  }

  /** What services do for the execution that a call is of. */
  readonly access: Access = (call, as, asked) => this.#guards.get(machineOf(call))?.access(call, as, asked);

  /** A policy that cannot be used is said, and allows nothing. */
  async #guardOf(machine: string, definition: string): Promise<Guard> {
    try {
      return await this.#guard(machine, (await this.#compiled(machine, definition)) ?? (await this.#named(machine)));
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      for (const { code, message, remedy } of error.diagnostics)
        this.#options.onStatus(`${code} ${message} The machine ${machine} may call nothing.\n  → ${remedy}`);
      return this.#guard(machine, { file: 'no policy', policy: NOTHING, machine });
    }
  }

  async #guard(name: string, { file, policy, manifest, machine, assets }: Found): Promise<Guard> {
    const { account, onStatus } = this.#options;
    const values = manifest === undefined ? {} : await this.#values(manifest);
    return openGuard({
      what: '`dagwright serve --enforce-policy`',
      place: { partition: 'aws', ...account },
      services: SERVICES_IAM,
      machine: { name, file, policy },
      ...(manifest && { declared: { file: `dist/${manifest.dag}/manifest.json`, env: manifest.env } }),
      values: { ...values, ...assets, machine, cleanup: `${machine}-cleanup` },
      tags: this.#tags,
      onDenial: (denial: Denial) => {
        for (const { message, remedy } of denialDiagnostics([denial])) onStatus(`${message}\n  → ${remedy}`);
      },
    });
  }

  async #values({ env }: Manifest): Promise<{ readonly [name: string]: string }> {
    const { env: given } = await readConfig(this.#options.project, await manifestsIn(this.#options.project));
    return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(env, name)));
  }

  async #named(machine: string): Promise<Found> {
    const { policy: file } = this.#options;
    if (file !== undefined) return { file, policy: await readJson(file), machine };
    return { file: 'no policy', policy: NOTHING, machine };
  }

  async #compiled(machine: string, definition: string): Promise<Found | undefined> {
    const own = machine.replace(/-cleanup$/, '');
    const manifests = await manifestsIn(this.#options.project);
    // A DAG may be called `x-cleanup` itself.
    const whole = manifests.find(({ dag }) => machine.endsWith(dag) && dag.endsWith('-cleanup'));
    const manifest = whole ?? dagOf(own, manifests);
    if (manifest === undefined) return undefined;
    const isCleanup = whole === undefined && own !== machine;
    const name = isCleanup ? 'cleanup_policy.json' : 'policy.json';
    const file = `dist/${manifest.dag}/${name}`;
    const policy = await policyBeside(machine, relative('', join(this.#options.project, file)));
    const assets = assetsIn(definition, manifest);
    return { file, policy, manifest, machine: isCleanup ? own : machine, ...(assets && { assets }) };
  }
}

/** A bucket's name and a key, in characters. */
const LONGEST_PATH = 1_100;

/** Whoever deploys puts the scripts where they like, and says so in the definition alone. */
function assetsIn(definition: string, { assets, archives = [] }: Manifest): Assets | undefined {
  for (const { key } of [...assets, ...archives])
    for (let end = definition.indexOf(`/${key}`); end >= 0; end = definition.indexOf(`/${key}`, end + 1)) {
      const before = definition.slice(Math.max(0, end - LONGEST_PATH), end);
      const [, path, bucket] = /s3:\/\/(([a-z0-9][a-z0-9.-]+)(?:\/[^"'\s]+)?)$/.exec(before) ?? [];
      if (path !== undefined && bucket !== undefined) return { assetsBucket: bucket, assetsPath: path };
    }
  return undefined;
}

/** A role without a policy may do nothing. */
const NOTHING: Json = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'dagwright:Nothing', Resource: '*' }],
};

/** The machine of a call, whose child executions have a name behind its own. */
function machineOf({ context }: TaskCall): string {
  const machine = isObject(context.StateMachine) ? context.StateMachine : {};
  return `${machine.Name ?? ''}`.split('/')[0]!;
}
