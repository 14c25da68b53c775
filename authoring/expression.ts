const TEXT: unique symbol = Symbol.for('dagwright.expression') as never;

/** A JSONata expression that a template wrote: it stands in the machine as it is, where a user's text that looks like one is escaped. */
export interface Expression {
  readonly [TEXT]: string;
}

export function expression(jsonata: string): Expression {
  return Object.freeze({ [TEXT]: jsonata });
}

export function expressionText(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? (value as Partial<Expression>)[TEXT] : undefined;
}
