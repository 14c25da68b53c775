/** Values of every kind that somebody may hand over by mistake, or in bad faith. */
export function wrongValues(): [name: string, value: unknown][] {
  const cyclic: { [key: string]: unknown } = {};
  cyclic.self = cyclic;
  let deep: unknown = {};
  for (let i = 0; i < 20_000; i++) deep = { deep };
  const throwing = new Proxy(
    {},
    { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail },
  );
  const sparse: unknown[] = [];
  sparse[3] = 'x';
  class Own {
    field = 1;
  }
  return [
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['zero', 0],
    ['negative', -1],
    ['half', 1.5],
    ['NaN', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['huge', 1e21],
    ['empty text', ''],
    ['text', 'x'],
    ['blanks', 'a b\n'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['placeholder', '${region} {% $x %}'],
    ['half a character', 'x\ud800'],
    ['mark of a reference', 'x\uFDD0oU:a\uFDD1'],
    ['private use', '\uE000'],
    ['long text', 'x'.repeat(300)],
    ['bigint', 10n],
    ['symbol', Symbol('x')],
    ['function', () => 1],
    ['list', []],
    ['list of undefined', [undefined]],
    ['list of texts', ['x', 'x']],
    ['sparse list', sparse],
    ['object', {}],
    ['unknown field', { unknwon: 1 }],
    ['own __proto__', JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}')],
    [
      'getter that throws',
      {
        get id() {
          return fail();
        },
        get retries() {
          return fail();
        },
      },
    ],
    ['proxy that throws', throwing],
    ['cyclic', cyclic],
    ['deep', deep],
    ['map', new Map([['a', 1]])],
    ['set', new Set(['a'])],
    ['date', new Date(0)],
    ['regular expression', /x/],
    ['class instance', new Own()],
    ['no prototype', Object.create(null)],
  ];
}

function fail(): never {
  throw new RangeError('not today');
}
