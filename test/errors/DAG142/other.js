export default 'a DAG, or so its author thinks';
