import type { Json } from '../json/value.ts';
import { answerOf } from './answers.ts';
import { failureMember } from './failed-answers.ts';
import { readResource } from './resource.ts';
import type { ResultShape } from './sdk-results.ts';

/** How deep a sample goes: shapes hold themselves. */
const DEPTH = 4;

/** Members by which an answer says that there is more: a sample is the last page, or a machine that reads all would not end. */
const FURTHER_PAGE = /^(next(page)?(token|marker)|marker|nextcontinuationtoken|paginationtoken)$/i;

/**
 * What a Task's service might answer where all goes well, by the Task's Resource; undefined where the shape of its answers is not known.
 * @example sampleAnswer('arn:aws:states:::glue:startJobRun.sync') // { Id: 'Id', JobRunState: 'SUCCEEDED' … }
 */
export function sampleAnswer(resource: string): Json | undefined {
  const shape = answerOf(resource);
  if (shape === undefined) return undefined;
  const sample = sampleOf(shape);
  const failure = failureMember(readResource(resource));
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) return sample;
  return Object.fromEntries(
    Object.entries(sample).filter(([member]) => member !== failure && !FURTHER_PAGE.test(member)),
  );
}

/**
 * An answer as a service might give it, made from the shape of its answers alone: every member once, lists with one item; of the texts
 * that are allowed the one that says success, else the first. The same shape gives the same sample.
 * @example sampleOf(answerOf('arn:aws:states:::glue:startJobRun.sync')!) // { Id: 'Id', JobRunState: 'SUCCEEDED' … }
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
      return shape.values.find((value) => SUCCESS.test(value)) ?? shape.values[0] ?? '';
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

const SUCCESS = /^(succeeded|success|successful|completed|complete)$/i;

function isDeep(shape: ResultShape): boolean {
  return shape.kind === 'structure' || shape.kind === 'list' || shape.kind === 'map';
}
