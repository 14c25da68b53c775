import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type ClassDeclaration, Project } from 'ts-morph';
import { TRIGGER_RULES } from '../../authoring/internal.ts';
import { airflowFields } from '../../scripts/airflow-fields.ts';

/** docs/airflow.md against the public types of authoring/. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const project = new Project({ tsConfigFilePath: `${root}tsconfig.json`, skipAddingFilesFromTsConfig: true });
const fields = (file: string, name: string) =>
  project.addSourceFileAtPath(`${root}authoring/${file}`).getInterfaceOrThrow(name).getProperties();
const classOf = (file: string, name: string) =>
  project.addSourceFileAtPath(`${root}authoring/${file}`).getClassOrThrow(name);
const methods = (owner: ClassDeclaration) =>
  owner
    .getMethods()
    .map((method) => method.getName())
    .filter((name) => /^[a-z]/.test(name));

/** Everything that a DAG can say, as the table's second column names it. */
const sayable = [
  'new Dag(id)',
  ...fields('dag.ts', 'DagSpec').map((field) => `DagSpec.${field.getName()}`),
  ...fields('task.ts', 'TaskSpec').map((field) => `TaskSpec.${field.getName()}`),
  ...fields('task.ts', 'TeardownSpec').map((field) => `TeardownSpec.${field.getName()}`),
  ...fields('task.ts', 'TaskRef').map((field) => `task.${field.getName()}`),
  ...project
    .addSourceFileAtPath(`${root}authoring/task.ts`)
    .getInterfaceOrThrow('AnyTask')
    .getMethods()
    .map((method) => `task.${method.getName()}(…)`),
  ...methods(classOf('task-group.ts', 'TaskContainer')).map((name) => `dag.${name}(…)`),
  ...classOf('dag.ts', 'Dag')
    .getProperties()
    .filter((property) => /^[a-z]/.test(property.getName()) && property.getName() !== 'id')
    .map((property) => `dag.${property.getName()}`),
  ...TRIGGER_RULES.map((rule) => `'${rule}'`),
  ...project
    .addSourceFileAtPath(`${root}authoring/index.ts`)
    .getExportDeclarations()
    .filter((declaration) => !declaration.isTypeOnly())
    .flatMap((declaration) => declaration.getNamedExports())
    .filter((one) => !one.isTypeOnly() && /^[a-z]/.test(one.getName()))
    .map((one) => one.getName())
    // `env` and `param` declare what stands in DagSpec.
    .filter((name) => !['env', 'param'].includes(name))
    .map((name) => (name === 'taskToken' ? name : `${name}(…)`)),
];

/** Commands that do what Airflow's do. */
const commands = readdirSync(`${root}cli`).map((file) => `dagwright ${file.replace('.ts', '')}`);

const STATUSES = ['supported', 'different', 'refused', 'not yet'];
const rows = readFileSync(`${root}docs/airflow.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| Airflow |'))
  .map((line) => {
    const [airflow = '', here = '', status = '', how = ''] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return { airflow, named: [...here.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string), status, how };
  });

describe('docs/airflow.md', () => {
  test('has everything that a DAG can say', () => {
    const named = new Set(rows.flatMap((row) => row.named));
    expect(sayable.filter((name) => !named.has(name))).toEqual([]);
  });

  test('names nothing that is not there', () => {
    expect(rows.flatMap((row) => row.named).filter((name) => ![...sayable, ...commands].includes(name))).toEqual([]);
  });

  test.each(rows)('$airflow: $status', ({ airflow, named, status, how }) => {
    expect(STATUSES).toContain(status);
    if (status === 'refused') expect(named).toEqual([]);
    if (status === 'supported' || status === 'different')
      expect(named.length > 0 || airflow === '`all_done_setup_success`').toBe(true);
    if (status === 'different') expect(how).not.toBe('');
  });

  test('is what authoring/checks/airflow-fields.generated.ts was made from (`npm run generate:docs`)', () => {
    const generated = readFileSync(`${root}authoring/checks/airflow-fields.generated.ts`, 'utf8');
    expect(generated).toBe(airflowFields(readFileSync(`${root}docs/airflow.md`, 'utf8')));
  });

  test('says of each field of Airflow’s what becomes of it', () => {
    const said = new Set(rows.flatMap(({ airflow }) => [...airflow.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name)));
    expect([...AIRFLOW_DAG, ...AIRFLOW_TASK].filter((name) => !said.has(name))).toEqual([]);
  });
});

/** The arguments of `DAG` and of `BaseOperator` in Airflow 3.3's task SDK. */
const AIRFLOW_DAG = `description schedule start_date end_date template_searchpath template_undefined user_defined_macros
  user_defined_filters default_args max_active_tasks max_active_runs max_consecutive_failed_dag_runs dagrun_timeout catchup
  on_success_callback on_failure_callback deadline doc_md params access_control is_paused_upon_creation jinja_environment_kwargs
  render_template_as_native_obj tags owner_links auto_register fail_fast dag_display_name disable_bundle_versioning`.split(
  /\s+/,
);
const AIRFLOW_TASK =
  `owner email email_on_retry email_on_failure retries retry_delay retry_exponential_backoff max_retry_delay start_date
  end_date depends_on_past ignore_first_depends_on_past wait_for_downstream params default_args priority_weight weight_rule queue pool
  pool_slots execution_timeout on_execute_callback on_failure_callback on_success_callback on_retry_callback on_skipped_callback
  pre_execute post_execute trigger_rule resources run_as_user map_index_template max_active_tis_per_dag max_active_tis_per_dagrun executor
  executor_config do_xcom_push multiple_outputs inlets outlets doc doc_md doc_json doc_yaml doc_rst task_display_name logger_name
  allow_nested_operators`.split(/\s+/);
