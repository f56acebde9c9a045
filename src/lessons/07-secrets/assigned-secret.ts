import { defineRule } from '../define-rule.ts';
import { secretMatches } from './secret-matches.ts';

export const assignedSecret = defineRule({
  id: 'assigned-secret',
  lesson: 7,
  severity: 'warning',
  summary: 'A secret is written into the code: rotate it and read it from the environment or a secrets manager.',
  why: 'A password in code is the same on every machine, known to everybody who ever cloned the repository, and cannot be changed without a release. Attackers read history, not only the last commit.',
  fix: 'Rotate it first. Then read it from the environment without a literal fallback, and fail at start when it is missing.',
  kinds: ['production', 'test', 'script', 'migration', 'client', 'docs', 'config', 'generated', 'vendored'],
  examples: {
    // Made of parts, so that this repository holds nothing that looks like a secret.
    bad: [
      { path: 'src/db.ts', code: `> const pool = new Pool({ host, password: '${'hunter2'}' });` },
      {
        path: 'src/session.js',
        code: `> app.use(session({ secret: process.env.SESSION_SECRET || '${'our-shop-2019'}' }));`,
      },
    ],
    good: [
      { path: 'src/db.ts', code: ` const pool = new Pool({ host, password: process.env.DB_PASSWORD });` },
      { path: 'src/form.ts', code: ` const labels = { password: 'Password', passwordField: 'current' };` },
    ],
  },
  check: ({ secrets }) => secretMatches(secrets, 'assigned-secret'),
});
