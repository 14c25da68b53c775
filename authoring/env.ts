import { type ChecksOf, prose } from './checks/check.ts';
import { readFields } from './checks/fields.ts';
import { unmarked } from './checks/foreign-texts.ts';
import { report } from './fault.ts';
import { handOut } from './handed-out.ts';
import { callSite } from './place.ts';

/**
 * A value known when the DAG is deployed: the placeholder `${name}` in the machine. Buckets and roles are declared as such, so that the
 * policy can name them.
 */
export interface EnvDeclaration {
  readonly kind: 'string' | 'bucket' | 'role';
  readonly description?: string;
}
export interface EnvOptions {
  /** For whoever fills it in, in `dagwright.yaml`. */
  readonly description?: string;
}

const OPTIONS: ChecksOf<EnvOptions> = { description: prose };

const declare =
  (kind: EnvDeclaration['kind']) =>
  (options: EnvOptions = {}): EnvDeclaration => {
    const owner = `env.${kind}`;
    const instead = `\`${owner}({ description: '…' })\`, and the value into dagwright.yaml`;
    const { fields, faults } = readFields<EnvOptions>(
      options,
      OPTIONS,
      { instead },
      { owner, field: '', at: { place: callSite() } },
    );
    report(faults);
    return Object.freeze(
      handOut({ kind, ...unmarked(fields) }, () => ({
        what: `${owner}()`,
        instead: 'It only declares a value: name it in the DAG, `env: { x: … }`, and write `${dag.env.x}`.',
      })),
    );
  };

export const env = {
  /** Any text. */
  string: declare('string'),
  /** The name of an S3 bucket, without `s3://`. */
  bucket: declare('bucket'),
  /**
   * An IAM role in the machine's own account. In a call it is its name or its ARN, as the argument takes it; dagwright.yaml gives either,
   * also with a path, or `managed`. Within a text it is the name.
   */
  role: declare('role'),
} as const;

export type EnvDeclarations = { readonly [name: string]: EnvDeclaration };
export type EnvValues<E extends EnvDeclarations> = { readonly [K in keyof E]: string };
