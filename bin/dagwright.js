#!/usr/bin/env node
import module from 'node:module';

// From Node 22.8 on, what V8 made of the package's code the first time is read from a file the next time.
module.enableCompileCache?.();
await import('../build/cli/main.js');
