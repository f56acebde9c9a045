import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const proxyRepeatsWrites = defineRule({
  id: 'proxy-repeats-writes',
  lesson: 6,
  severity: 'warning',
  summary:
    'The proxy sends a failed POST again to the next server, which may do it twice: let it repeat only what may be repeated.',
  why: 'That the first server gave no answer does not mean that it did nothing: the order may be placed and only the answer lost. By default nginx repeats requests that change nothing; `non_idempotent` takes that protection away.',
  fix: 'Drop `non_idempotent`. Where writes must be repeated, give each an idempotency key that the program checks.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'deploy/nginx.conf',
        code: `server {
  location / {
    proxy_pass http://orders;
>   proxy_next_upstream error timeout non_idempotent;
  }
}
`,
      },
    ],
    good: [
      {
        path: 'deploy/nginx.conf',
        code: `server {
  location / {
    proxy_pass http://orders;
    proxy_next_upstream error timeout http_503;
  }
}
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'proxy-repeats-writes'),
});
