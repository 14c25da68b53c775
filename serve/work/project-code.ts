import type { TaskCall } from '../../asl/interpret/options.ts';
import { isObject, type Json } from '../../asl/json/value.ts';
import { fillText } from '../../asl/placeholders/index.ts';
import type { LocalFunction } from '../../engines/functions/function-host.ts';
import type { LocalJobCode } from '../../engines/functions/job-host.ts';
import type { ProcessGroups } from '../../engines/process/process-groups.ts';
import { envValues, readConfig } from '../../local/config.ts';
import { layFunction, layJobCode } from '../../local/functions.ts';
import type { Manifest, ManifestArchive, ManifestFunction } from '../../manifest/manifest.ts';
import { packageOf } from '../../packaging/local.ts';
import type { Account } from '../arn.ts';
import { manifestsIn } from '../machines/dags.ts';

export interface ProjectCodeOptions {
  readonly account: Account;
  /** With `dist/`, the sources, and `dagwright.yaml`, whose `local.env` fills environment variables. */
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  readonly groups: ProcessGroups;
  readonly signal: AbortSignal;
  readonly onStatus: (text: string) => void;
}

/**
 * The code that the DAGs of dist/ bring along, for whichever machine names it. A function is known by its name, which is deploy's,
 * `<machine>_<task>` with a prefix or without, in whatever account, version and alias it stands: what runs is what was compiled last. The
 * archive of a job's code is known by its key, in which its hash stands.
 */
export class ProjectCode {
  /** By what a call names a function with. */
  readonly functions = new Map<string, LocalFunction>();
  /** By the address of the archive. */
  readonly jobs = new Map<string, LocalJobCode>();
  readonly #options: ProjectCodeOptions;
  /** By all that it depends on. */
  readonly #laid = new Map<string, Promise<LocalFunction | LocalJobCode>>();

  constructor(options: ProjectCodeOptions) {
    this.#options = options;
  }

  /** Whether a call names a function of the project. */
  async hasFunction({ arguments: given }: TaskCall): Promise<boolean> {
    const named = functionIn(given);
    return named !== undefined && ofFunction(named.name, await manifestsIn(this.#options.project)) !== undefined;
  }

  /**
   * Lays out the code that a call names, so that it stands in `functions` or `jobs`.
   * @param s3 the address of the S3 that it reaches
   * @throws Stop where the sources are not those that were compiled, or a value of `local.env` is missing
   */
  async lay({ arguments: given }: TaskCall, s3: () => Promise<string>): Promise<void> {
    const named = functionIn(given);
    const addresses = archivesIn(given);
    if (named === undefined && addresses.length === 0) return;
    const manifests = await manifestsIn(this.#options.project);
    const found = named && ofFunction(named.name, manifests);
    if (found !== undefined) this.functions.set(named!.text, await this.#function(found, named!, manifests, s3));
    for (const address of addresses) {
      const spec = manifests.flatMap(({ archives = [] }) => archives).find(({ key }) => address.endsWith(`/${key}`));
      if (spec !== undefined) this.jobs.set(address, await this.#job(spec, s3));
    }
  }

  async #function(
    { manifest, spec }: Found,
    { text, name }: Named,
    manifests: readonly Manifest[],
    s3: () => Promise<string>,
  ): Promise<LocalFunction> {
    const { project, account } = this.#options;
    const { region, account: id } = account;
    const arn = text.startsWith('arn:') ? text : `arn:aws:lambda:${region}:${id}:function:${name}`;
    const env = spec.environment === undefined ? {} : envValues(manifest, await readConfig(project, manifests));
    const values = { ...env, partition: 'aws', ...account, machine: name.slice(0, -spec.name.length - 1) };
    return this.#once(JSON.stringify([arn, spec, values]), async () =>
      layFunction(
        { spec, name, arn, package: packageOf(spec, project) },
        { ...this.#options, s3: await s3(), fill: (one) => fillText(one, values), onProgress: this.#options.onStatus },
      ),
    );
  }

  #job(spec: ManifestArchive, s3: () => Promise<string>): Promise<LocalJobCode> {
    const { project, onStatus } = this.#options;
    return this.#once(spec.key, async () =>
      layJobCode(
        { spec, package: packageOf(spec, project) },
        { ...this.#options, s3: await s3(), onProgress: onStatus },
      ),
    );
  }

  /** The same for the same: processes of a function are kept for it. */
  #once<T extends LocalFunction | LocalJobCode>(key: string, lay: () => Promise<T>): Promise<T> {
    const laid = (this.#laid.get(key) as Promise<T> | undefined) ?? lay();
    this.#laid.set(key, laid);
    laid.catch(() => this.#laid.delete(key));
    return laid;
  }
}

interface Found {
  readonly manifest: Manifest;
  readonly spec: ManifestFunction;
}

/** Of several the one with the longest name. */
function ofFunction(name: string, manifests: readonly Manifest[]): Found | undefined {
  const all = manifests.flatMap((manifest) => (manifest.functions ?? []).map((spec) => ({ manifest, spec })));
  const nameOf = ({ manifest, spec }: Found) => `${manifest.dag}_${spec.name}`;
  return all.filter((one) => name.endsWith(nameOf(one))).sort((a, b) => nameOf(b).length - nameOf(a).length)[0];
}

interface Named {
  /** As the call has it. */
  readonly text: string;
  readonly name: string;
}

/** A name, or an ARN in whole or in part, with a version or an alias behind it or without. */
const FUNCTION = /^(?:(?:arn:[^:]+:lambda:[^:]+:)?\d{12}:function:)?([A-Za-z0-9_-]+)(?::[A-Za-z0-9$_-]+)?$/;

/** The function that a call names. */
function functionIn(given: Json): Named | undefined {
  const text = isObject(given) ? given.FunctionName : undefined;
  const name = typeof text === 'string' ? FUNCTION.exec(text)?.[1] : undefined;
  return name === undefined ? undefined : { text: text as string, name };
}

/** The end of the key of an archive: its name, a hash, and its name again. */
const ARCHIVE = /\/[^/]+-[0-9a-f]{12}\/[^/]+\.(?:zip|mjs)$/;

/** The texts in a value that may be addresses of archives. */
function archivesIn(given: Json): string[] {
  if (typeof given === 'string') return ARCHIVE.test(given) ? [given] : [];
  return typeof given === 'object' && given !== null ? Object.values(given).flatMap((one) => archivesIn(one)) : [];
}
