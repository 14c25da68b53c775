// Runs a program again and again in one process, as its parent asks (test/command.ts): what it imports is read once.
import { pathToFileURL } from 'node:url';

const main = pathToFileURL(process.argv[2]).href;
let runs = 0;
process.setMaxListeners(0);
process.stdout.setMaxListeners(0);

process.on('message', async ({ args, cwd, env }) => {
  const said = { out: '', err: '' };
  const write = { out: process.stdout.write, err: process.stderr.write };
  const keep = (where) => (chunk, encoding, done) => {
    said[where] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
  process.stdout.write = keep('out');
  process.stderr.write = keep('err');
  process.argv = [process.execPath, 'dagwright', ...args];
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.exitCode = undefined;
  // The command runs when its module is evaluated; under another address it is evaluated anew.
  runs += 1;
  await import(`${main}?run=${runs}`);
  const code = process.exitCode ?? 0;
  process.exitCode = undefined;
  process.stdout.write = write.out;
  process.stderr.write = write.err;
  process.send({ code, ...said });
});
