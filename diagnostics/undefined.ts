/** What leads to a value that JavaScript does not have, and what to do about it. */
export const UNDEFINED =
  'A variable that is used before the line that gives it a value, and a variable of the environment that is not set (`process.env.X`), are undefined: move the line, or set the variable.';
