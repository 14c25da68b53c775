/** What the rule of setup scope looks at in a task. */
export interface ScopedTask {
  readonly kind: string;
  readonly upstreams: readonly string[];
  /** Of a teardown: its setups. */
  readonly setups?: readonly string[] | undefined;
}

/**
 * For each task the setups in whose scope it is, teardowns left out: it lies between a setup and a teardown of it, or below a setup that
 * has none. A task in a scope does not run where the setup did not succeed.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/setup-and-teardown.html
 * @example
 * setupScopes(new Map([
 *   ['cluster', { kind: 'setup', upstreams: [] }],
 *   ['job', { kind: 'task', upstreams: ['cluster'] }],
 *   ['terminate', { kind: 'teardown', setups: ['cluster'], upstreams: ['job'] }],
 * ])).get('job'); // Set { 'cluster' }
 */
export function setupScopes(tasks: ReadonlyMap<string, ScopedTask>): Map<string, Set<string>> {
  const upstreams = (id: string) => tasks.get(id)?.upstreams ?? [];
  const downstreams = new Map<string, string[]>([...tasks.keys()].map((id) => [id, []]));
  for (const [id, task] of tasks) for (const up of task.upstreams) downstreams.get(up)?.push(id);
  const scopes = new Map<string, Set<string>>();
  for (const [setup, { kind }] of tasks) {
    if (kind !== 'setup') continue;
    const teardowns = [...tasks].filter(([, task]) => task.kind === 'teardown' && task.setups?.includes(setup));
    const above = new Set(teardowns.flatMap(([id]) => [...reach(id, upstreams)]));
    for (const id of reach(setup, (at) => downstreams.get(at) ?? [])) {
      if (tasks.get(id)?.kind === 'teardown' || (teardowns.length > 0 && !above.has(id))) continue;
      scopes.set(id, (scopes.get(id) ?? new Set()).add(setup));
    }
  }
  return scopes;
}

/** What a way leads to, without its start. */
export function reach(from: string, next: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...next(from)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...next(id));
  }
  return found;
}
