/**
 * Arguments for a message that nobody has: each field is text that names itself, `‹task›`, and a list has one item of that text. What a
 * message asks of its arguments (to join a list, to count it, to look into it) is answered so that its shape shows.
 */
export function placeholders(): unknown {
  return new Proxy({}, { get: (_, field) => placeholder(String(field)) });
}

function placeholder(name: string): unknown {
  const text = `‹${name}›`;
  const items = [text];
  return new Proxy(items, {
    get(target, field) {
      if (field === Symbol.toPrimitive || field === 'toString') return () => text;
      if (field === 'toJSON') return () => text;
      if (field in target) {
        const own = Reflect.get(target, field) as unknown;
        if (field === 'map') return (each: (item: unknown) => unknown) => [each(placeholder(name))];
        return typeof own === 'function' ? own.bind(target) : own;
      }
      const ofText = Reflect.get(Object(text), field) as unknown;
      if (typeof ofText === 'function') return ofText.bind(text);
      return placeholder(String(field));
    },
  });
}
