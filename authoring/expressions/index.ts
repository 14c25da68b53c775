/**
 * TypeScript as JSONata. An arrow is captured (`captureArrow`: syntax, captured values, places), evaluated over its syntax tree
 * (`evaluate`: what is known now is computed now, the rest becomes terms) and written (`Translated`: text with references in it).
 */
export type { Arrow } from './arrow.ts';
export { arrow, captureArrow } from './arrow.ts';
export { type Choice, translateChoice } from './choice.ts';
export { freeNames, isFunction, namesIn, paramsOf } from './syntax.ts';
export { fieldStep, LEVEL, textLiteral } from './term.ts';
export { expr, translate } from './translate.ts';
export { holdsTogether, standsAsTest, type Translated, translatedOf } from './translated.ts';
