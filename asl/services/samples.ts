import type { Json } from '../json.ts';
import type { ResultShape } from './sdk-results.ts';

/** How deep a sample goes: shapes hold themselves. */
const DEPTH = 4;

/**
 * An answer as a service might give it, made from the shape of its answers alone: every member once, lists with one item, the first of
 * the texts that are allowed. The same shape gives the same sample.
 * @example sampleOf(answerOf('arn:aws:states:::glue:startJobRun.sync')!) // { Id: 'Id', JobRunState: 'STARTING' … }
 */
export function sampleOf(shape: ResultShape, name = 'text', depth = DEPTH): Json {
  switch (shape.kind) {
    case 'structure':
      return Object.fromEntries(
        [...shape.members]
          .filter(([, { shape: inner }]) => depth > 0 || !isDeep(inner()))
          .map(([member, { shape: inner }]) => [member, sampleOf(inner(), member, depth - 1)]),
      );
    case 'list':
      return depth > 0 ? [sampleOf(shape.of(), name, depth - 1)] : [];
    case 'map':
    case 'any':
      return {};
    case 'enum':
      return shape.values[0] ?? '';
    case 'string':
    case 'blob':
      return name;
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'timestamp':
      return '2026-01-01T00:00:00Z';
  }
}

function isDeep(shape: ResultShape): boolean {
  return shape.kind === 'structure' || shape.kind === 'list' || shape.kind === 'map';
}
