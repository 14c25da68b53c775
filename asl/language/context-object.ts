import { nearest } from '../../diagnostics/did-you-mean.ts';

/** `free`: whatever the input, an item or a parameter holds. */
type Member = 'free' | 'value' | { readonly [name: string]: Member };

/**
 * The context object.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
const CONTEXT: Member = {
  Execution: {
    Id: 'value',
    Input: 'free',
    Name: 'value',
    RoleArn: 'value',
    StartTime: 'value',
    RedriveCount: 'value',
    RedriveTime: 'value',
  },
  Map: { Item: { Index: 'value', Key: 'value', Source: 'value', Value: 'free' } },
  State: { EnteredTime: 'value', Name: 'value', RetryCount: 'value' },
  StateMachine: { Id: 'value', Name: 'value' },
  Task: { Token: 'value' },
};

/** A name that the context object has not. */
export interface UnknownMember {
  /** The names up to it, with dots. */
  readonly path: string;
  /** Its place among the names. */
  readonly at: number;
  readonly suggestion: string | undefined;
}

/** The first of these names, each read of the one before, that the context object has not; undefined where it has them all. */
export function unknownMember(names: readonly string[]): UnknownMember | undefined {
  let here: Member = CONTEXT;
  for (const [at, name] of names.entries()) {
    if (typeof here === 'string') return undefined;
    if (!Object.hasOwn(here, name))
      return { path: names.slice(0, at + 1).join('.'), at, suggestion: nearest(name, Object.keys(here)) };
    here = here[name]!;
  }
  return undefined;
}
