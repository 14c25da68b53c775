/** The sections of docs/airflow.md whose rows are fields. */
const SECTIONS = ['The DAG', 'Tasks', 'Branches, groups, setups'];

/** What docs/airflow.md says of Airflow's fields, as a module of authoring/: a user who writes one is reported. */
export function airflowFields(markdown: string): string {
  const fields: Record<'dag' | 'task', Record<string, object>> = { dag: {}, task: {} };
  let of: 'dag' | 'task' = 'dag';
  let isRead = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('## ')) {
      isRead = SECTIONS.includes(line.slice(3));
      of = line === '## The DAG' ? 'dag' : 'task';
    }
    if (!isRead || !line.startsWith('| ') || line.startsWith('| ---') || line.startsWith('| Airflow |')) continue;
    const [airflow = '', named = '', status = '', how = ''] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    const here = [...named.matchAll(/`(\w+Spec)\.(\w+)`/g)].map(([, owner, field]) => ({
      here: field!,
      owner: owner!,
    }));
    for (const [, name] of airflow.matchAll(/`([a-z][a-z_]*)`/g)) {
      const camel = name!.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const same = here.find((one) => one.here === camel);
      const told = { ...(same ?? here[0]), how: howOf(status, how, here.length > 0) };
      if (same || !Object.hasOwn(fields[of], name!)) fields[of][name!] = told;
    }
  }
  return [
    '// Made from docs/airflow.md by `npm run generate:docs`. Do not edit.',
    'interface Told {',
    '  readonly here?: string;',
    '  readonly owner?: string;',
    '  readonly how: string;',
    '}',
    'export const AIRFLOW_FIELDS: { readonly [of in "dag" | "task"]: { readonly [name: string]: Told } } = ' +
      `${JSON.stringify(fields, undefined, 2)};`,
    '',
  ].join('\n');
}

/** The row's text as a message has it. */
function howOf(status: string, how: string, isHere: boolean): string {
  if (status === 'supported' && isHere) return '';
  const text = how
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, 'docs/$1')
    .replace(/\s*See below\.|^As the DAG's callbacks: w/, (w) => (w.endsWith('w') ? 'W' : ''));
  return [status === 'not yet' ? 'It is not there yet.' : '', text].filter(Boolean).join(' ');
}
