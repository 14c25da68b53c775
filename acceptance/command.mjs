// Runs the built command, and ends with whoever started it: a command whose suite was killed must not go on making things.
import { pathToFileURL } from 'node:url';

const [main, ...args] = process.argv.slice(2);
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
process.argv = [process.execPath, 'dagwright', ...args];
await import(pathToFileURL(main).href);
