/** A JSON value. Inside the interpreter every value is one; JSONata's undefined never leaves an expression. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
