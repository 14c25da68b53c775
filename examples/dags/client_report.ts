import { Dag, env, param } from 'dagwright';
import { glue, ses, sns } from 'dagwright/tasks';

/** The client’s report, made of the answers that the datalake’s run left, mailed to the client and announced to the team. */
const dag = new Dag('client_report', {
  schedule: null,
  env: {
    lake: env.bucket({ description: 'Holds the answers, and gets the documents' }),
    reportRole: env.role({ description: 'What the report assumes: it reads and writes the answers' }),
    mailFrom: env.string({ description: 'An address that SES may send from' }),
    alerts: env.string({ description: 'The ARN of the team’s topic' }),
  },
  params: {
    mailTo: param.string({ description: 'The client’s address' }),
    language: param.enum(['en', 'pt'], { default: 'en', description: 'The language of the report and the letter' }),
    client: param.string({ default: '', description: 'The client’s name, whom the letter addresses' }),
  },
});
const { lake, reportRole, mailFrom: from, alerts } = dag.env;
const { mailTo: to, language, client } = dag.params;

/** The answers as documents: report.html and email_cliente.docx. */
const report = dag.task(
  'report',
  glue.pythonShell({
    script: 'spark/report.py',
    role: reportRole,
    args: { lake: `s3://${lake}`, language, client, date: dag.logicalDate },
    modules: ['pygal==3.1.3', 'python-docx==1.2.0'],
  }),
  { retries: 2, estimate: ['1m', '5m'] },
);
const where = `s3://${lake}/consultas/report.html`;
const subject = `The answers of ${dag.logicalDate}`;
const mail = dag.task('mail', ses.send({ from, to, subject, text: `Your report is ready: ${where}` })).after(report);
dag.task('announce', sns.publish({ topic: alerts, subject, message: { report: where, mailed: to } })).after(mail);

export default dag;
