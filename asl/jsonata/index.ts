export type { ExpressionBounds } from './bounds.ts';
export { compile, type Expression, type Value } from './compile.ts';
export type { Environment } from './dialect.ts';
export { seeded, uuidFrom } from './functions/random.ts';
export { QueryFailure } from './query-failure.ts';
export { evaluateTemplate, expressionText, isPromise, type Template, template } from './template.ts';
