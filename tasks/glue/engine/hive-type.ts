/** DuckDB's simple types by the names that Hive and Glue give them. */
const SIMPLE: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'int',
  BIGINT: 'bigint',
  UTINYINT: 'smallint',
  USMALLINT: 'int',
  UINTEGER: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BLOB: 'binary',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
};

/** The Hive type of a DuckDB type, as the crawler writes it; undefined where Hive has none. */
export function hiveType(duckType: string): string | undefined {
  const type = duckType.trim();
  if (type.endsWith('[]')) return wrap('array', [type.slice(0, -2)]);
  const [, name, inner] = /^(STRUCT|MAP)\((.*)\)$/s.exec(type) ?? [];
  if (name === 'MAP') return wrap('map', splitTopLevel(inner!));
  if (name === 'STRUCT') {
    const fields = splitTopLevel(inner!).map((field) => {
      const [, quoted, bare, fieldType] = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(field)!;
      const hive = hiveType(fieldType!);
      return hive && `${(quoted?.replaceAll('""', '"') ?? bare!).toLowerCase()}:${hive}`;
    });
    return fields.every((field) => field !== undefined) ? `struct<${fields.join(',')}>` : undefined;
  }
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(type);
  if (decimal) return `decimal(${decimal[1]},${decimal[2]})`;
  return SIMPLE[type];
}

function wrap(name: string, inner: readonly string[]): string | undefined {
  const types = inner.map(hiveType);
  return types.every((type) => type !== undefined) ? `${name}<${types.join(',')}>` : undefined;
}

/** Splits at commas that lie outside parentheses and quotes. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '(') depth++;
    else if (!quoted && char === ')') depth--;
    if (char === ',' && depth === 0 && !quoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
}
