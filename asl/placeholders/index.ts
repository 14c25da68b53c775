export { fillPlaceholders, fillText, isPlaceholder, isPlaceholderName, placeholder, placeholderNames } from './fill.ts';
export { hasPlaceholder, placeholdersOf, type Span } from './find.ts';
export { callOf, intrinsicParts, intrinsicText, isMacroKey, type Part } from './intrinsics.ts';
export { MASK, maskedExpression, maskedPath, placeholdersAround } from './mask.ts';
export { templateAt } from './template.ts';
