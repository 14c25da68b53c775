/** A JSON value. Inside the interpreter every value is one; JSONata's undefined never leaves an expression. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Sets a member of an object that is being made. `__proto__` is a key like any other in JSON. */
export function setMember(target: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}
