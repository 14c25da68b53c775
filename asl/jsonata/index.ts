export type { ExpressionBounds } from './bounds.ts';
export { compile, type Expression, type Value } from './compile.ts';
export type { Environment } from './environment.ts';
export { seeded } from './functions/random.ts';
export { uuidFrom } from './functions/uuid.ts';
export { QueryFailure } from './query-failure.ts';
export { evaluateTemplate, expressionText, isPromise, type Template, template } from './template.ts';
