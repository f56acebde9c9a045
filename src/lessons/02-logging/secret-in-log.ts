import { defineRule } from '../define-rule.ts';

export const secretInLog = defineRule({
  id: 'secret-in-log',
  lesson: 2,
  severity: 'error',
  summary: 'A secret goes into the log: log an identifier instead, and rotate what was logged.',
  why: 'Logs are copied to more places, kept longer and read by more people than any database. A token in a log line is a token given away.',
  fix: 'Log who and what, not the credential. Configure redaction in the logger as a second line of defence.',
  examples: {
    bad: [
      {
        path: 'src/a.ts',
        code: ' export function login(user, password) {\n>  console.log(`login ${user.name} ${password}`);\n }',
      },
      { path: 'src/b.ts', code: ' export function issue(logger, accessToken) {\n>  logger.info({ accessToken });\n }' },
      { path: 'src/c.ts', code: ' export function trace(log, req) {\n>  log.debug(req.headers);\n }' },
    ],
    good: [
      {
        path: 'src/a.ts',
        code: ' export function login(logger, user, token, tokenCount) {\n   logger.info({ userId: user.id, tokenCount });\n   logger.info(`has token: ${!!token}`);\n   logger.info({ token: redact(token) });\n }',
      },
    ],
  },
  *check({ code }) {
    for (const call of code?.logCalls ?? []) {
      const secret = call.values.find((value) => value.kind === 'secret' || value.kind === 'environment');
      if (code?.browser || !secret) continue;
      yield { line: call.line, endLine: call.endLine, because: `\`${secret.name}\` is written to the log.` };
    }
  },
});
