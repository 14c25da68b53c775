// Made from docs/airflow.md by `npm run generate:docs`. Do not edit.
interface Told {
  readonly here?: string;
  readonly owner?: string;
  readonly how: string;
}
export const AIRFLOW_FIELDS: { readonly [of in "dag" | "task"]: { readonly [name: string]: Told } } = {
  "dag": {
    "schedule": {
      "here": "schedule",
      "owner": "DagSpec",
      "how": ""
    },
    "start_date": {
      "here": "startDate",
      "owner": "DagSpec",
      "how": ""
    },
    "schedule_interval": {
      "here": "schedule",
      "owner": "DagSpec",
      "how": "`schedule_interval` is the name that `schedule` had before Airflow 3."
    },
    "timetable": {
      "here": "schedule",
      "owner": "DagSpec",
      "how": "`schedule_interval` is the name that `schedule` had before Airflow 3."
    },
    "end_date": {
      "here": "endDate",
      "owner": "DagSpec",
      "how": ""
    },
    "catchup": {
      "here": "catchup",
      "owner": "DagSpec",
      "how": "It is not there yet. It is taken, stands in `manifest.json` and has no effect; `dagwright backfill` starts the missed runs, on demand."
    },
    "description": {
      "here": "description",
      "owner": "DagSpec",
      "how": ""
    },
    "doc_md": {
      "here": "description",
      "owner": "DagSpec",
      "how": "A DAG has one text."
    },
    "tags": {
      "here": "tags",
      "owner": "DagSpec",
      "how": ""
    },
    "params": {
      "here": "params",
      "owner": "DagSpec",
      "how": "Declared with `param.…`; the machine checks them itself before anything runs, and refuses names that are not declared."
    },
    "default_args": {
      "here": "defaultArgs",
      "owner": "DagSpec",
      "how": "Holds retries, timeouts, the trigger rule and `skipOn`."
    },
    "dagrun_timeout": {
      "here": "dagrunTimeout",
      "owner": "DagSpec",
      "how": "It is the machine's `TimeoutSeconds`: nothing runs after it, teardowns neither. `cleanup.json` ends clusters that are left."
    },
    "fail_fast": {
      "here": "failFast",
      "owner": "DagSpec",
      "how": "Nothing runs after the first failure but teardowns, and the run fails; Airflow skips the rest. It wants `all_success` everywhere then; here any rule goes."
    },
    "max_active_runs": {
      "how": "It is not there yet. Step Functions runs what is started; a limit needs a place that counts."
    },
    "max_active_tasks": {
      "how": "It is not there yet. Step Functions runs what is started; a limit needs a place that counts."
    },
    "max_consecutive_failed_dag_runs": {
      "how": "It is not there yet. Step Functions runs what is started; a limit needs a place that counts."
    },
    "on_success_callback": {
      "how": "There is no process of ours that could call Python or TypeScript. Write a task with `triggerRule: 'one_failed'`, or a rule in EventBridge on the execution's status."
    },
    "on_failure_callback": {
      "how": "There is no process of ours that could call Python or TypeScript. Write a task with `triggerRule: 'one_failed'`, or a rule in EventBridge on the execution's status."
    },
    "deadline": {
      "how": "An alarm in CloudWatch on the execution's time does this."
    },
    "sla": {
      "how": "An alarm in CloudWatch on the execution's time does this."
    },
    "template_searchpath": {
      "how": "There is no Jinja: a DAG is TypeScript, and what only a run knows is a reference or an expression."
    },
    "template_undefined": {
      "how": "There is no Jinja: a DAG is TypeScript, and what only a run knows is a reference or an expression."
    },
    "user_defined_macros": {
      "how": "There is no Jinja: a DAG is TypeScript, and what only a run knows is a reference or an expression."
    },
    "user_defined_filters": {
      "how": "There is no Jinja: a DAG is TypeScript, and what only a run knows is a reference or an expression."
    },
    "jinja_environment_kwargs": {
      "how": "There is no Jinja: a DAG is TypeScript, and what only a run knows is a reference or an expression."
    },
    "render_template_as_native_obj": {
      "how": "There is no Jinja: a DAG is TypeScript, and what only a run knows is a reference or an expression."
    },
    "access_control": {
      "how": "They are about Airflow's own screens."
    },
    "owner_links": {
      "how": "They are about Airflow's own screens."
    },
    "dag_display_name": {
      "how": "They are about Airflow's own screens."
    },
    "is_paused_upon_creation": {
      "how": "They are about Airflow's own screens."
    },
    "auto_register": {
      "how": "They are about Airflow's own screens."
    },
    "dag_id": {
      "how": "The first argument: `new Dag('sales', { … })`."
    },
    "concurrency": {
      "how": "It is not there yet. The name that `max_active_tasks` had before Airflow 2.2."
    },
    "default_view": {
      "how": "They are about Airflow's own screens."
    },
    "orientation": {
      "how": "They are about Airflow's own screens."
    },
    "disable_bundle_versioning": {
      "how": "What runs is the version that was deployed."
    }
  },
  "task": {
    "task_id": {
      "how": "The first argument: `dag.task('clean', …)`."
    },
    "dag": {
      "how": "A task is placed by its DAG or its group."
    },
    "task_group": {
      "how": "A task is placed by its DAG or its group."
    },
    "python_callable": {
      "how": "No machine of ours runs code: they are arguments of operators that run it."
    },
    "op_args": {
      "how": "No machine of ours runs code: they are arguments of operators that run it."
    },
    "op_kwargs": {
      "how": "No machine of ours runs code: they are arguments of operators that run it."
    },
    "provide_context": {
      "how": "No machine of ours runs code: they are arguments of operators that run it."
    },
    "templates_dict": {
      "how": "No machine of ours runs code: they are arguments of operators that run it."
    },
    "bash_command": {
      "how": "No machine of ours runs code: they are arguments of operators that run it."
    },
    "retries": {
      "here": "retries",
      "owner": "TaskSpec",
      "how": ""
    },
    "retry_delay": {
      "here": "retryDelay",
      "owner": "TaskSpec",
      "how": ""
    },
    "retry_exponential_backoff": {
      "here": "retryExponentialBackoff",
      "owner": "TaskSpec",
      "how": "A boolean: each delay is twice the one before."
    },
    "max_retry_delay": {
      "here": "maxRetryDelay",
      "owner": "TaskSpec",
      "how": ""
    },
    "execution_timeout": {
      "here": "executionTimeout",
      "owner": "TaskSpec",
      "how": ""
    },
    "trigger_rule": {
      "here": "triggerRule",
      "owner": "TaskSpec",
      "how": ""
    },
    "deferrable": {
      "here": "heartbeat",
      "owner": "TaskSpec",
      "how": "Of a call with `pattern: 'callback'`: how long may pass between two signs of life before the try fails."
    },
    "doc_md": {
      "here": "docMd",
      "owner": "TaskSpec",
      "how": ""
    },
    "doc": {
      "how": "A task has one text, and its id is its name."
    },
    "doc_json": {
      "how": "A task has one text, and its id is its name."
    },
    "doc_yaml": {
      "how": "A task has one text, and its id is its name."
    },
    "doc_rst": {
      "how": "A task has one text, and its id is its name."
    },
    "task_display_name": {
      "how": "A task has one text, and its id is its name."
    },
    "pool": {
      "how": "It is not there yet. Needs a place that counts. On an EMR cluster `maxConcurrentSteps` limits what runs at a time."
    },
    "pool_slots": {
      "how": "It is not there yet. Needs a place that counts. On an EMR cluster `maxConcurrentSteps` limits what runs at a time."
    },
    "priority_weight": {
      "how": "It is not there yet. Needs a place that counts. On an EMR cluster `maxConcurrentSteps` limits what runs at a time."
    },
    "weight_rule": {
      "how": "It is not there yet. Needs a place that counts. On an EMR cluster `maxConcurrentSteps` limits what runs at a time."
    },
    "max_active_tis_per_dag": {
      "how": "It is not there yet. Needs a place that counts."
    },
    "max_active_tis_per_dagrun": {
      "how": "It is not there yet. Needs a place that counts."
    },
    "depends_on_past": {
      "how": "A run knows nothing of earlier runs. Let the task look at the data."
    },
    "ignore_first_depends_on_past": {
      "how": "A run knows nothing of earlier runs. Let the task look at the data."
    },
    "wait_for_downstream": {
      "how": "A run knows nothing of earlier runs. Let the task look at the data."
    },
    "queue": {
      "how": "There are no workers."
    },
    "executor": {
      "how": "There are no workers."
    },
    "executor_config": {
      "how": "There are no workers."
    },
    "resources": {
      "how": "There are no workers."
    },
    "run_as_user": {
      "how": "There are no workers."
    },
    "on_execute_callback": {
      "how": "Write a task behind it with a trigger rule."
    },
    "on_success_callback": {
      "how": "Write a task behind it with a trigger rule."
    },
    "on_failure_callback": {
      "how": "Write a task behind it with a trigger rule."
    },
    "on_retry_callback": {
      "how": "Write a task behind it with a trigger rule."
    },
    "on_skipped_callback": {
      "how": "Write a task behind it with a trigger rule."
    },
    "pre_execute": {
      "how": "Write a task behind it with a trigger rule."
    },
    "post_execute": {
      "how": "Write a task behind it with a trigger rule."
    },
    "email": {
      "how": "`aws({ service: 'sns', action: 'publish', … })` with `triggerRule: 'one_failed'`."
    },
    "email_on_failure": {
      "how": "`aws({ service: 'sns', action: 'publish', … })` with `triggerRule: 'one_failed'`."
    },
    "email_on_retry": {
      "how": "`aws({ service: 'sns', action: 'publish', … })` with `triggerRule: 'one_failed'`."
    },
    "do_xcom_push": {
      "how": "Only what another task reads is kept."
    },
    "multiple_outputs": {
      "how": "Only what another task reads is kept."
    },
    "inlets": {
      "how": "It is not there yet. There are no assets."
    },
    "outlets": {
      "how": "It is not there yet. There are no assets."
    },
    "owner": {
      "how": "They are the DAG's."
    },
    "start_date": {
      "how": "They are the DAG's."
    },
    "end_date": {
      "how": "They are the DAG's."
    },
    "allow_nested_operators": {
      "how": "They are about Airflow's own workings."
    },
    "logger_name": {
      "how": "They are about Airflow's own workings."
    },
    "map_index_template": {
      "how": "They are about Airflow's own workings."
    },
    "prefix_group_id": {
      "how": "A group has an id, and nothing else."
    },
    "default_args": {
      "how": "A group has an id, and nothing else."
    },
    "ui_color": {
      "how": "A group has an id, and nothing else."
    },
    "as_setup": {
      "how": "A template may bring its teardown: a cluster is terminated when no task needs it any more."
    },
    "as_teardown": {
      "here": "setups",
      "owner": "TeardownSpec",
      "how": ""
    },
    "on_failure_fail_dagrun": {
      "here": "onFailureFailDagrun",
      "owner": "TeardownSpec",
      "how": "A failed task before the teardown fails the run as well; in Airflow it no longer counts."
    },
    "expand": {
      "how": "It is not there yet. Dynamic mapping. What is known when compiling is a loop in TypeScript."
    },
    "partial": {
      "how": "It is not there yet. Dynamic mapping. What is known when compiling is a loop in TypeScript."
    },
    "mode": {
      "how": "It is not there yet. `.sync` integrations wait for their jobs already, for free."
    },
    "poke_interval": {
      "how": "It is not there yet. `.sync` integrations wait for their jobs already, for free."
    },
    "soft_fail": {
      "how": "It is not there yet. `.sync` integrations wait for their jobs already, for free."
    }
  }
};
