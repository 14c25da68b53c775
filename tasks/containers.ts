/** Variables of a container's environment, as ECS and Batch take them. */
export function environmentOf(variables: {
  readonly [name: string]: string;
}): { readonly Name: string; readonly Value: string }[] {
  return Object.entries(variables).map(([name, value]) => ({ Name: name, Value: value }));
}
