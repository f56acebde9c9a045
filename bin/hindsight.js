#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(`${root}node_modules/.bin/node`, [`${root}src/cli.ts`, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
