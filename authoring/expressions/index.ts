/**
 * TypeScript as JSONata. An arrow is captured (`captureArrow`: syntax, captured values, places), evaluated over its syntax tree
 * (`evaluate`: what is known now is computed now, the rest becomes terms) and written (`Translated`: text with references in it).
 */
export type { Arrow } from './arrow.ts';
export { captureArrow } from './capture.ts';
export { type Choice, translateChoice } from './choice.ts';
export { expr } from './expr.ts';
export { fieldStep, textLiteral } from './jsonata-text.ts';
export { arrow, type LoadedFile, setLoadedFiles } from './loaded.ts';
export { freeNames } from './syntax.ts';
export { LEVEL } from './term.ts';
export { translate } from './translate.ts';
export { holdsTogether, standsAsTest, type Translated, translatedOf } from './value.ts';
