import { defineRule } from '../define-rule.ts';

/** Credentials, whole requests and the environment in the log. */
export const secretInLog = defineRule({
  id: 'secret-in-log',
  lesson: 2,
  severity: 'error',
  summary: 'A secret goes into the log: log an identifier instead, and rotate what was logged.',
  why: 'Logs are copied to more places, kept longer and read by more people than any database. A token in a log line is a token given away, and headers, environments and bodies hold tokens that nobody thought of.',
  fix: 'Log who and what, not the credential: an id, a length, whether it is set. Configure redaction in the logger as a second line of defence.',
  examples: {
    bad: [
      {
        path: 'src/open.js',
        code: `
  export async function open(connect) {
>   console.log('connecting to ' + process.env.DATABASE_URL);
    return connect(process.env.DATABASE_URL);
  }`,
      },
      {
        path: 'src/login.ts',
        code: `
  export function login(user, password) {
>   console.log(\`login \${user.name} \${password}\`);
  }`,
      },
      {
        path: 'src/issue.ts',
        code: `
  export async function issue(logger, grant) {
    const tokenResponse = await grant.ask();
>   logger.info({ accessToken: grant.accessToken });
>   logger.debug(tokenResponse);
  }`,
      },
      {
        path: 'src/trace.ts',
        code: `
  import pino from 'pino';
  const log = pino();
  export function trace(req) {
>   log.debug(req.headers);
>   log.debug(process.env);
  }`,
      },
    ],
    good: [
      {
        path: 'src/login.ts',
        code: `
  export function login(logger, user, token, tokenCount) {
    logger.info({ userId: user.id, tokenCount });
    logger.info(\`has token: \${!!token}\`);
    logger.info({ token: redact(token) });
    logger.info(token ? 'set' : 'not set');
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { values, line, endLine, explained } of code.logCalls) {
      const secret = values.find(({ kind }) => kind === 'secret' || kind === 'environment');
      if (secret && !explained) yield { line, endLine, because: `\`${secret.name}\` is written to the log.` };
    }
  },
});
