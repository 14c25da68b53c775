/** A text that is an expression. Half-open ones are reported as such by rules/jsonata.ts, and pass here. */
export const EXPRESSION = '^\\{%';
/** The same where a number may stand, too. */
export const NUMBER = '^[{]%';
