import { LIMITS } from '../../asl/language/limits.ts';
import { answerOf } from '../../asl/services/answers.ts';
import type { ResultShape } from '../../asl/services/sdk-results.ts';
import type { Graph, GraphTask } from '../3-graph/graph.ts';
import type { Machine } from '../6-emit/emit-machine.ts';
import type { Parts } from '../6-emit/output-liveness.ts';
import { names, table } from './markdown.ts';

/**
 * The README's table of the outputs that leave the branches of each Parallel because a task downstream reads them: they count towards the
 * 256 KiB of the Parallel's result. Empty where nothing leaves a branch.
 */
export function liveValues({ tasks }: Graph, { carried, variables }: Pick<Machine, 'carried' | 'variables'>): string[] {
  const rows = carried.map(({ parallel, outputs }): string[] => {
    const sizes = outputs.map(({ task, parts }) => mostBytes(tasks.get(task)!, parts));
    const open = outputs.filter((_, i) => sizes[i] === undefined).map(({ task }) => task);
    const known = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    const most = [
      ...(known > 0 ? [`${known} bytes`] : []),
      ...(open.length > 0 ? [`the answers of ${names(open, 4)}`] : []),
    ];
    return [`\`${parallel}\``, outputs.map(described).join(', '), most.join(', and ')];
  });
  if (rows.length === 0) return [];
  const held = variables.size;
  const couldHold = held * LIMITS.dataBytes;
  return [
    table(['leaves the branches of', 'what is read behind it', `at most, of ${count(LIMITS.dataBytes)} bytes`], rows),
    ...(couldHold > LIMITS.variablesBytes
      ? [
          `${held} outputs are kept in variables, which may take ${count(LIMITS.variablesBytes)} bytes in all: ${count(Math.floor(LIMITS.variablesBytes / held))} each, if all are as large.`,
        ]
      : []),
  ];
}

function described({ task, parts }: { readonly task: string; readonly parts: Parts }): string {
  return parts === 'whole' ? `\`${task}\`` : parts.names.map((field) => `\`${task}.${field}\``).join(', ');
}

/** The most bytes that what is kept of an output can have as JSON; undefined where the service sets no bound that is known. */
function mostBytes({ model, downstreams, fragment }: GraphTask, parts: Parts): number | undefined {
  // A list of the ids that it chose, or whether it went on.
  if (model.decision?.kind === 'test') return FALSE;
  if (model.decision) return downstreams.reduce((sum, id) => sum + id.length + 3, 2);
  const states = Object.values(fragment.states);
  const Resource = states.length === 1 ? states[0]?.Resource : undefined;
  // What a member of an answer holds is whatever the caller's code made of it.
  const shape = typeof Resource === 'string' && fragment.output === undefined ? answerOf(Resource) : undefined;
  if (shape?.kind !== 'structure') return undefined;
  return sizeOf(shape, parts === 'whole' ? [...shape.members.keys()] : parts.names);
}

const FALSE = 'false'.length;
const LARGEST_INTEGER = '-9223372036854775808'.length;
const LONGEST_NUMBER = '-1.7976931348623157e+308'.length;
const TIMESTAMP = '"2026-01-31T12:00:00.000000000Z"'.length;

function sizeOf(shape: ResultShape, fields?: readonly string[]): number | undefined {
  switch (shape.kind) {
    case 'boolean':
      return FALSE;
    case 'integer':
      return LARGEST_INTEGER;
    case 'number':
      return LONGEST_NUMBER;
    case 'timestamp':
      return TIMESTAMP;
    case 'enum':
      return Math.max(...shape.values.map((value) => value.length)) + 2;
    case 'structure': {
      const members = fields ?? [...shape.members.keys()];
      return members.reduce<number | undefined>((sum, name) => {
        const size = sizeOfMember(shape, name);
        // Quotes, a colon, and a comma or the closing bracket.
        return sum === undefined || size === undefined ? undefined : sum + size + name.length + 4;
      }, 1);
    }
    default:
      return undefined;
  }
}

function sizeOfMember({ members }: ResultShape & { readonly kind: 'structure' }, name: string): number | undefined {
  const shape = members.get(name)?.shape();
  // A structure can hold itself: those within are not looked into.
  return shape === undefined || shape.kind === 'structure' ? undefined : sizeOf(shape);
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
