import type { Json, JsonObject } from '../../asl/json/value.ts';
import { placeholderNames } from '../../asl/placeholders/index.ts';
import { type FilledAs, fillPolicy, PARTS, readPart, resourceFault } from '../../asl/services/iam/index.ts';
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
      if (name === undefined) return;
      const resource = filled[i]!;
      const open = placeholderNames(resource)
        .map(readPart)
        .find((part) => part?.of === name);
      const why = open === undefined ? resourceFault(resource) : LACKS[PARTS[open.part].between];
      if (why === undefined) return;
      this.#faults.set(name, diagnose('DEP025', { ...this.#about, name, value: known[name]!, resource, why }));
    });
  }
}

/** Of what a value has too few parts. */
const LACKS = { ':': 'It is no ARN', '/': 'It is no address, `https://sqs.<region>.amazonaws.com/<account>/<queue>`' };

function resourcesIn({ Statement }: JsonObject): string[] {
  return (Statement as readonly JsonObject[]).flatMap(({ Resource }) => [Resource as Json].flat() as string[]);
}
