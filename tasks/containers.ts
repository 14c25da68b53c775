/** Variables of a container's environment, as ECS and Batch take them. */
export function environmentOf(variables: {
  readonly [name: string]: string;
}): { readonly Name: string; readonly Value: string }[] {
  return Object.entries(variables).map(([name, value]) => ({ Name: name, Value: value }));
}

/**
 * How many characters the overrides of a container may have.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export const MOST_OVERRIDES = 8192;

/** As the services say it of more. */
export const OVERRIDES_TOO_LONG = `Container Overrides length must be at most ${MOST_OVERRIDES}`;

export function areTooLong(overrides: unknown): boolean {
  return JSON.stringify(overrides ?? {}).length > MOST_OVERRIDES;
}
