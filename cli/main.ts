import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { Stop } from '../diagnostics/index.ts';
import { register as backfill } from './backfill.ts';
import { register as compile } from './compile.ts';
import { register as cost } from './cost.ts';
import { register as deploy } from './deploy.ts';
import { register as destroy } from './destroy.ts';
import { diagnosticsText } from './diagnostics-text.ts';
import { register as doctor } from './doctor.ts';
import { register as exportCommand } from './export.ts';
import { register as graph } from './graph.ts';
import { register as local } from './local.ts';
import { register as logs } from './logs.ts';
import { register as pause } from './pause.ts';
import { register as plan } from './plan.ts';
import { register as report } from './report.ts';
import { register as resume } from './resume.ts';
import { register as rollback } from './rollback.ts';
import { register as run } from './run.ts';
import { register as serve } from './serve.ts';
import { register as simulate } from './simulate.ts';
import { register as status } from './status.ts';
import { register as stop } from './stop.ts';
import { register as validate } from './validate.ts';

/** The command line: commands register themselves and load what is heavy when they run. */
const program = new Command('dagwright')
  .description('Airflow-style DAGs in TypeScript, compiled to AWS Step Functions')
  .version(version(), '-v, --version')
  .showHelpAfterError('(see --help)')
  .showSuggestionAfterError()
  .exitOverride();

for (const register of [
  compile,
  validate,
  simulate,
  local,
  report,
  serve,
  graph,
  doctor,
  plan,
  deploy,
  rollback,
  destroy,
  run,
  resume,
  backfill,
  status,
  logs,
  stop,
  pause,
  cost,
  exportCommand,
])
  register(program);
for (const command of program.commands) command.exitOverride().showHelpAfterError('(see --help)');

// Whoever reads what a command says may have seen enough (`| head`): what it does, it does to the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && process.stdout.listenerCount('error') === 1) throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** 0 for help that was asked for, 2 for wrong usage, a Stop's own; anything else is a defect of dagwright and shows its stack. */
function exitCodeOf(error: unknown): number {
  if (error instanceof Stop) {
    process.stderr.write(`${diagnosticsText(error.diagnostics)}`);
    return error.exitCode;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(
    `dagwright failed in itself; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 3;
}

function version(): string {
  const text = readFileSync(
    new URL(import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json', import.meta.url),
    'utf8',
  );
  return (JSON.parse(text) as { version: string }).version;
}
