/** An event as the API of an SDK integration has it: names in PascalCase, at every depth. */
export function pascalCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      pascalCased(member),
    ]),
  );
}
