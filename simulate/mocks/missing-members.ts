import type { Json, JsonObject } from '../../asl/json/value.ts';
import { walkStates } from '../../asl/language/states.ts';
import type { StateMachine, Task } from '../../asl/language/types.ts';
import { findReads, type Read } from '../../asl/reads/reads.ts';
import type { ResultShape } from '../../asl/services/sdk-results.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { resourceName, shapeOf } from './check-mocks.ts';
import type { Chosen } from './choose-mocks.ts';
import { placeText, pointer } from './mocks.ts';

/** What a mocked answer lacks, and the states that read it. */
export interface Lack {
  readonly readers: readonly string[];
  readonly diagnostic: Diagnostic;
}

/** A structure in an answer that lacks a member. */
interface Gap {
  readonly path: readonly (string | number)[];
  readonly name: string;
  /** The service always answers it. */
  readonly required: boolean;
}

/** Members that a service has, that a mocked answer of it lacks, and that the machine reads. */
export async function missingMembers(machine: StateMachine, { mocks, placeOf }: Chosen): Promise<Lack[]> {
  const shapes = new Map<string, { readonly state: Task; readonly shape: ResultShape }>();
  for (const { name, state } of walkStates(machine)) {
    if (state.Type !== 'Task' || !Object.hasOwn(mocks, name)) continue;
    const shape = await shapeOf(state);
    if (shape !== undefined) shapes.set(name, { state, shape });
  }
  if (shapes.size === 0) return [];
  const reads = new Map<string, Read[]>();
  for (const read of findReads(machine as unknown as JsonObject, new Set(shapes.keys())))
    reads.set(read.task, [...(reads.get(read.task) ?? []), read]);
  return [...shapes].flatMap(([name, { state, shape }]) => {
    const own = reads.get(name) ?? [];
    return Object.entries(mocks[name]!).flatMap(([invocations, response]) => {
      if (!('Return' in response)) return [];
      const place = [...placeOf(name), invocations, 'Return'];
      return lacksOf(response.Return, shape, own).map(({ gap, readers }) => ({
        readers: readers.map((reader) => reader.state),
        diagnostic: diagnose(
          'SIM017',
          {
            state: name,
            resource: resourceName(state),
            name: gap.name,
            at: placeText(place, gap.path),
            required: gap.required,
            readers: [...new Set(readers.map((reader) => `"${reader.state}" (${reader.field})`))],
          },
          { path: pointer([...place, ...gap.path]) },
        ),
      }));
    });
  });
}

function lacksOf(answer: Json, shape: ResultShape, reads: readonly Read[]) {
  const found = new Map<string, { readonly gap: Gap; readonly readers: Read[] }>();
  for (const read of reads) {
    const gap = gapOn(read.path, answer, shape, []);
    if (gap === undefined) continue;
    // Of the items of a list the first one is told.
    const key = [...gap.path.map((step) => (typeof step === 'number' ? '*' : step)), gap.name].join('\0');
    const known = found.get(key) ?? { gap, readers: [] };
    found.set(key, known);
    known.readers.push(read);
  }
  return [...found.values()];
}

/** The first member on a way through an answer that the service has and the answer lacks. */
function gapOn([step, ...rest]: Read['path'], value: Json, shape: ResultShape, path: Gap['path']): Gap | undefined {
  if (step === undefined) return undefined;
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) return undefined;
    // A name applies to each item, as in JSONata.
    const further = step === null ? rest : [step, ...rest];
    for (const [at, item] of value.entries()) {
      const gap = gapOn(further, item, shape.of(), [...path, at]);
      if (gap !== undefined) return gap;
    }
    return undefined;
  }
  if (step === null) return gapOn(rest, value, shape, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const inner = (value as JsonObject)[step];
  if (shape.kind === 'map') return inner === undefined ? undefined : gapOn(rest, inner, shape.of(), [...path, step]);
  const member = shape.kind === 'structure' ? shape.members.get(step) : undefined;
  if (member === undefined) return undefined;
  if (!Object.hasOwn(value, step)) return { path, name: step, required: member.required };
  return gapOn(rest, inner as Json, member.shape(), [...path, step]);
}
