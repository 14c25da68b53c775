import type { Json, JsonObject } from '../../asl/json/value.ts';
import { placeholderNames } from '../../asl/placeholders/index.ts';
import { type FilledAs, fillPolicy, PARTS, readArn, readPart, resourceFault } from '../../asl/services/iam/index.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';

type Values = Readonly<Record<string, string>>;

/** Fills policies, and remembers what IAM would refuse in them. */
export class PolicyFiller {
  readonly #values: Values;
  readonly #as: FilledAs;
  readonly #known: Values;
  readonly #about: { readonly dag: string; readonly environment: string };
  readonly #faults = new Map<string, Diagnostic>();

  /** @param own the values of the DAG's env alone */
  constructor(
    values: Values,
    own: Values,
    as: FilledAs,
    about: { readonly dag: string; readonly environment: string },
  ) {
    this.#values = values;
    this.#known = as.forms ?? own;
    this.#as = as;
    this.#about = about;
  }

  fill(policy: JsonObject): JsonObject {
    this.#check(policy);
    return fillPolicy(policy, this.#values, this.#as);
  }

  get faults(): readonly Diagnostic[] {
    return [...this.#faults.values()];
  }

  /** The place stays open: what is looked at are the values of the environment, as far as they are known. */
  #check(policy: JsonObject): void {
    const known = this.#known;
    const resources = resourcesIn(policy);
    const filled = resourcesIn(fillPolicy(policy, known));
    resources.forEach((template, i) => {
      const names = placeholderNames(template).map((name) => readPart(name)?.of ?? name);
      const [name] = names.filter((one) => Object.hasOwn(known, one));
      const resource = filled[i]!;
      const { partition } = this.#values;
      const actual = partitionIn(resource);
      const other = actual !== undefined && /^aws[a-z-]*$/.test(partition!) && actual !== partition;
      if (name === undefined) {
        if (other)
          this.#faults.set(resource, diagnose('DEP039', { ...this.#about, resource, actual, wanted: partition! }));
        return;
      }
      const open = placeholderNames(resource)
        .map(readPart)
        .find((part) => part?.of === name);
      const elsewhere = other ? `It is of the partition ${actual}, and the environment of ${partition}` : undefined;
      const why = open === undefined ? (resourceFault(resource) ?? elsewhere) : LACKS[PARTS[open.part].between];
      if (why === undefined) return;
      this.#faults.set(name, diagnose('DEP025', { ...this.#about, name, value: known[name]!, resource, why }));
    });
  }
}

/** Of what a value has too few parts. */
const LACKS = { ':': 'It is no ARN', '/': 'It is no address, `https://sqs.<region>.amazonaws.com/<account>/<queue>`' };

/** The partition that a resource names, where it is a known one. */
function partitionIn(resource: string): string | undefined {
  const { partition } = readArn(resource) ?? {};
  return partition !== undefined && /^aws[a-z-]*$/.test(partition) ? partition : undefined;
}

function resourcesIn({ Statement }: JsonObject): string[] {
  return (Statement as readonly JsonObject[]).flatMap(({ Resource }) => [Resource as Json].flat() as string[]);
}
