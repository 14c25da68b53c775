import { refuse } from './fault.ts';
import { handOut, STRUCTURAL } from './handed-out.ts';

/** An object of references; a name that was not declared is refused where it is read, and does not become the text "undefined". */
export function declared(
  what: 'env' | 'params',
  declarations: object | undefined,
  make: (name: string) => unknown,
): object {
  const known = Object.keys(declarations ?? {});
  const values = Object.fromEntries(known.map((name) => [name, make(name)]));
  const [first = 'x'] = known;
  handOut(values, () => ({
    isWhole: true,
    what: `dag.${what}`,
    instead: `Write the value that is meant, \`\${dag.${what}.${first}}\`${known.length > 1 ? `; there are ${known.join(', ')}` : ''}.`,
  }));
  Object.freeze(values);
  return new Proxy(values, {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name) && !STRUCTURAL.has(name))
        refuse('DAG012', { what, name, known });
      return Reflect.get(target, name);
    },
  });
}
