#!/usr/bin/env node
/**
 * Starts the command line on a Node that can run it. Plain JavaScript that old Nodes parse: its first duty is to say
 * something better than a syntax error.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
// The default export: a name that an old Node lacks would be the syntax error again.
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// In a checkout the sources run as they are; a package and an image hold only what was built from them.
const source = join(root, 'src', 'cli.ts');
const cli = existsSync(source) ? source : join(root, 'dist', 'cli.js');

const [major, minor] = process.versions.node.split('.').map(Number);
const recent = major > 22 || (major === 22 && minor >= 20);
const bundled = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!existsSync(cli)) {
  console.error('hindsight: not built. Run "npm run build" first.');
  process.exitCode = 2;
} else if (recent) {
  // Node 22 calls running TypeScript experimental, on every start.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') console.error(warning);
  });
  // `hindsight rules | head`: a reader that has seen enough is no error.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  // Half of a short command's time is compiling the same code again.
  module.enableCompileCache();
  await import(cli);
} else if (existsSync(bundled)) {
  runWith(bundled);
} else {
  console.error(`hindsight: needs Node 22.20 or newer, this is ${process.versions.node}. See https://nodejs.org/.`);
  process.exitCode = 2;
}

/** Starts this again on another Node: same terminal, signals passed on, same end. */
function runWith(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // On a terminal, Ctrl-C reaches the child by itself; this process only has to outlive it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`hindsight: ${error.message}`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}
