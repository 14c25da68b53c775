import { Dag } from 'dagwright';

const dag = new Dag('airflow');
// @ts-expect-error: it is Airflow's
new PythonOperator({ dag, taskId: 'load' });

export default dag;
