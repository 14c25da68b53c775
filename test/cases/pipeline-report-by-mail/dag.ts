import { Dag, env } from 'dagwright';
import { athena, aws, glue } from 'dagwright/tasks';

/** Two queries, a script that makes a document of them, and a mail with it. */
const dag = new Dag('pipeline-report-by-mail', {
  schedule: '0 7 * * 1',
  timezone: 'Europe/Zurich',
  env: { lake: env.bucket(), reportRole: env.role() },
});
const { lake, reportRole } = dag.env;
const ask = (id: string, sql: string) =>
  dag.task(id, athena.query({ sql, database: 'sales', results: `s3://${lake}/answers/${id}/` }), {
    executionTimeout: '20m',
  });
const report = dag
  .task(
    'document',
    glue.pythonShell({
      script: `s3://${lake}/scripts/report.py`,
      role: reportRole,
      args: { lake },
      modules: ['python-docx==1.2.0'],
    }),
  )
  .after(
    ask('by_week', 'SELECT week, sum(price) FROM sales GROUP BY week'),
    ask('by_shop', 'SELECT shop, sum(price) FROM sales GROUP BY shop'),
  );
dag
  .task(
    'mail',
    aws({
      service: 'sesv2',
      action: 'sendEmail',
      parameters: {
        FromEmailAddress: 'data@example.com',
        Destination: { ToAddresses: ['sales@example.com'] },
        Content: {
          Simple: { Subject: { Data: 'Sales of the week' }, Body: { Text: { Data: `s3://${lake}/reports/` } } },
        },
      },
    }),
  )
  .after(report);

export default dag;
