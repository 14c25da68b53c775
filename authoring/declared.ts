import { refuse } from './fault.ts';

/** An object of references; a name that was not declared is refused where it is read, and does not become the text "undefined". */
export function declared(
  what: 'env' | 'params',
  declarations: object | undefined,
  make: (name: string) => unknown,
): object {
  const known = Object.keys(declarations ?? {});
  const values = Object.freeze(Object.fromEntries(known.map((name) => [name, make(name)])));
  return new Proxy(values, {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name) && !STRUCTURAL.has(name))
        refuse('DAG012', { what, name, known });
      return Reflect.get(target, name);
    },
  });
}

/** Asked of any object by `await`, JSON.stringify and test runners. */
const STRUCTURAL = new Set([
  'then',
  'toJSON',
  'constructor',
  '$$typeof',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  'toString',
  'valueOf',
]);
