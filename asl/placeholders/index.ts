export { fillPlaceholders, fillText, isPlaceholderName, placeholderNames } from './fill.ts';
export { hasPlaceholder, placeholdersOf, type Span } from './find.ts';
