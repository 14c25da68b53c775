import { ApiError } from './api-error.ts';

/** A list as it is shown in what is wrong with it. */
export function listText(items: readonly unknown[]): string {
  const texts = items.map((item) =>
    typeof item !== 'object' || item === null
      ? plainText(item)
      : `{${Object.entries(item)
          .map(([key, value]) => `${key}=${plainText(value)}`)
          .join(', ')}}`,
  );
  return `[${texts.join(', ')}]`;
}

/** Of any JSON: what is in a list has not been looked at yet. */
function plainText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value whose type is not the model's. */
export function unreadable(value: unknown, wanted: string): ApiError {
  const kinds = { string: 'STRING_VALUE', number: 'NUMBER_VALUE', boolean: value ? 'TRUE_VALUE' : 'FALSE_VALUE' };
  const kind = Array.isArray(value) ? 'START_ARRAY' : (kinds[typeof value as keyof typeof kinds] ?? 'START_OBJECT');
  return new ApiError(
    'SerializationException',
    `${kind} can not be converted to ${/^[AEIOU]/.test(wanted) ? 'an' : 'a'} ${wanted}`,
  );
}
