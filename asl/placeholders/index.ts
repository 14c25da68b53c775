export { fillPlaceholders, fillText, isPlaceholderName, placeholderNames } from './fill.ts';
export { hasPlaceholder, placeholdersOf, type Span } from './find.ts';
export { intrinsicText, isMacroKey } from './intrinsics.ts';
export { MASK, maskedExpression, maskedPath } from './mask.ts';
export { templateAt } from './template.ts';
