import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Values inside a command that a shell reads. */
export const commandInjection = defineRule({
  id: 'command-injection',
  lesson: 4,
  severity: 'error',
  summary: 'A value becomes part of a command: start the program with an argument list and without a shell.',
  why: 'A shell gives meaning to `;`, `|`, `$( )` and line breaks, so a file name can start another program with the rights of your server. Even without a shell, an argument that begins with a dash is an option to programs such as git, tar or curl, and some of those run commands.',
  fix: 'Use `execFile` or `spawn` with an array, put `--` before arguments that are not yours, and choose the program itself from constants.',
  examples: {
    bad: [
      {
        path: 'src/thumbnails.ts',
        code: `
  import { exec } from 'node:child_process';
  export function thumbnail(file: string) {
>   exec(\`convert \${file} -resize 80x80 thumb.png\`);
  }`,
      },
      {
        path: 'src/mirror.ts',
        code: `
  import { execaCommand } from 'execa';
  export async function mirror(req, res) {
>   await execaCommand('rsync -a ' + req.body.source + ' /srv/mirror');
    res.sendStatus(202);
  }`,
      },
      {
        path: 'src/report.ts',
        code: `
  import { spawn } from 'node:child_process';
  export const report = (month: string) =>
>   spawn('bash', ['-c', \`make-report \${month}\`]);`,
      },
      {
        path: 'src/legacy.js',
        code: `
  const shell = require('shelljs');
  module.exports = (name) => {
>   const command = 'du -s ' + name;
>   return shell.exec(command);
  };`,
      },
      {
        path: 'src/records.ts',
        code: `
  import { exec } from 'node:child_process';
  import { promisify } from 'node:util';
  const run = promisify(exec);
  export async function records(domain: string) {
>   const { stdout } = await run(\`dig +short \${domain}\`, { timeout: 3_000 });
    return stdout.split('\\n');
  }`,
      },
      {
        path: 'src/logs.ts',
        code: `
  import { spawn } from 'node:child_process';
  export const logs = (container: string, service: string) =>
>   spawn('docker', ['exec', container, 'sh', '-c', \`tail -n 50 /var/log/\${service}.log\`]);`,
      },
      {
        path: 'src/restart.js',
        code: `
  import { NodeSSH } from 'node-ssh';
  const ssh = new NodeSSH();
  export async function restart(req, res) {
>   await ssh.execCommand(\`systemctl restart \${req.body.service}\`);
    res.sendStatus(204);
  }`,
      },
    ],
    good: [
      {
        path: 'src/thumbnails.ts',
        code: `
  import { execFile } from 'node:child_process';
  export function thumbnail(file: string) {
    execFile('convert', [file, '-resize', '80x80', 'thumb.png']);
  }`,
      },
      {
        path: 'src/clone.ts',
        code: `
  import { spawn } from 'node:child_process';
  export const clone = (req, res) => spawn('git', ['clone', '--', req.body.url]);`,
      },
    ],
  },
  *check(facts) {
    // A function that is given the whole command is a shell by another name: what matters is what its callers give it.
    // Whoever starts the program could start another.
    yield* flowMatches(facts, ['command'], 'becomes part of the command of', ({ certainty, built, source }) =>
      (certainty === 'parameter' && !built) || source.startsWith('process.argv') ? 'notice' : undefined,
    );
  },
});
